package io.deltagraph.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.lecture.Lecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the lecture in a real browser: it is sound, and each of its controls works. */
@InBrowser
final class LectureInBrowserTest {
  private static final int MOST_BYTES = 1 << 20;
  private static final OpRegistry OPS = OpRegistry.load();

  @ParameterizedTest
  @EnumSource(value = Lecture.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAYGROUND")
  void everyPagePlays(Lecture lecture, Chromium browser, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(lecture.id() + ".html");
    byte[] html = lecture.page(OPS).html().getBytes(StandardCharsets.UTF_8);
    assertThat(html).hasSizeLessThan(MOST_BYTES);
    Files.write(file, html);
    try (BrowserPage page = browser.open(file, Look.USUAL)) {
      page.screenshot(lecture.id() + "-first");
      assertThat(page.evaluate("getComputedStyle(document.querySelector('mi')).textTransform"))
          .as("letters that every font has, also without one for mathematics")
          .hasToString("\"none\"");
      playThrough(page);
      page.assertSound(lecture.id());
    }
  }

  private static void playThrough(BrowserPage page) {
    String figure = "[data-player]";
    int last = page.evaluate("+document.querySelector('" + figure + " input').max").asInt();
    assertThat(last).isGreaterThan(20);
    String first = picture(page);
    page.click(figure + " [data-do=forward]");
    assertThat(at(page)).isEqualTo(1);
    page.click(figure + " [data-do=back]");
    assertThat(at(page)).isZero();
    assertThat(picture(page)).isEqualTo(first);
    page.click(figure + " [data-do=last]");
    assertThat(at(page)).isEqualTo(last);
    assertThat(picture(page)).isNotEqualTo(first);
    page.move(figure + " [data-do=speed]", "10");
    page.click(figure + " [data-do=play]");
    page.await(position() + " > 2 && " + position() + " < " + last);
    page.click(figure + " [data-do=play]");
    int paused = at(page);
    page.evaluate("new Promise(done => setTimeout(done, 150))");
    assertThat(at(page)).isEqualTo(paused);
    page.move(figure + " input", "5");
    assertThat(at(page)).isEqualTo(5);
    page.focus(figure + " .stage");
    page.press("ArrowRight");
    assertThat(at(page)).isEqualTo(6);
    page.press("Home");
    assertThat(at(page)).isZero();
    page.press(" ");
    page.await(position() + " > 1");
    page.press(" ");
    page.press("End");
    assertThat(at(page)).isEqualTo(last);
  }

  private static String position() {
    return "+document.querySelector('[data-player] input').value";
  }

  private static int at(BrowserPage page) {
    return page.evaluate(position()).asInt();
  }

  private static String picture(BrowserPage page) {
    return page.evaluate("document.querySelector('[data-player] .stage').outerHTML").asText();
  }
}
