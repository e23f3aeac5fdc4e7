package io.deltagraph.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness sees what is wrong with a page: each mistake is put in on purpose. */
@InBrowser
final class HarnessTest {
  private static final String HEAD =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Trial</title>"
          + "<meta name=\"viewport\" content=\"width=device-width\">"
          + "<link rel=\"icon\" href=\"data:,\"></head><body><main><h1>Trial</h1>";

  @Test
  void aPlainPageIsSound(Chromium browser, @TempDir Path folder) throws IOException {
    try (BrowserPage page = open(browser, folder, "<p>Nothing is wrong.</p>")) {
      page.assertSound("harness");
    }
    for (Look look : Look.ALL) {
      assertThat(Path.of("target", "screenshots", "harness-" + look + ".png")).isNotEmptyFile();
    }
  }

  @Test
  void consoleLinesExceptionsAndRequestsAreHeard(Chromium browser, @TempDir Path folder)
      throws IOException {
    try (BrowserPage page =
        open(
            browser,
            folder,
            "<img src=\"https://deltagraph.invalid/x.png\" alt=\"\"><script>console.log('said');"
                + "setTimeout(() => { throw new Error('thrown') }); fetch('other.json')"
                + ".catch(() => 0)</script>")) {
      page.await("performance.now() > 200");
      assertThat(page.console()).anyMatch(line -> line.contains("said"));
      assertThat(page.console()).anyMatch(line -> line.contains("thrown"));
      assertThat(page.foreignRequests())
          .anyMatch(asked -> asked.equals("https://deltagraph.invalid/x.png"))
          .anyMatch(asked -> asked.endsWith("other.json"));
    }
  }

  @Test
  void barriersAreFound(Chromium browser, @TempDir Path folder) throws IOException {
    try (BrowserPage page =
        open(
            browser,
            folder,
            "<p style=\"color:#ccc;background:#fff\">Too pale to read.</p><input type=\"range\">")) {
      assertThat(page.seriousFindings())
          .anyMatch(finding -> finding.startsWith("color-contrast"))
          .anyMatch(finding -> finding.startsWith("label"));
    }
  }

  @Test
  void mouseKeysAndSlidersReachThePage(Chromium browser, @TempDir Path folder) throws IOException {
    try (BrowserPage page =
        open(
            browser,
            folder,
            "<button id=\"b\">Count</button><input id=\"s\" type=\"range\" aria-label=\"Step\""
                + " value=\"0\" max=\"9\"><output id=\"o\"></output><script>let n = 0;"
                + "const o = document.querySelector('#o'), s = document.querySelector('#s');"
                + "document.querySelector('#b').onclick = () => o.textContent = ++n;"
                + "s.oninput = () => o.textContent = 's' + s.value;</script>")) {
      page.click("#b");
      assertThat(page.text("#o")).isEqualTo("1");
      page.press(" ");
      page.press("Enter");
      assertThat(page.text("#o")).isEqualTo("3");
      page.press("Tab");
      assertThat(page.isFocused("#s")).isTrue();
      page.press("ArrowRight");
      assertThat(page.text("#o")).isEqualTo("s1");
      page.move("#s", "7");
      assertThat(page.text("#o")).isEqualTo("s7");
    }
  }

  @Test
  void looksAreTold(Chromium browser, @TempDir Path folder) throws IOException {
    try (BrowserPage page = open(browser, folder, "<p>Any.</p>")) {
      for (Look look : Look.ALL) {
        page.show(look);
        assertThat(page.evaluate("innerWidth").asInt()).isEqualTo(look.width());
        assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
            .isEqualTo(look.dark());
      }
    }
  }

  private static BrowserPage open(Chromium browser, Path folder, String body) throws IOException {
    Path file = folder.resolve("trial page.html");
    Files.writeString(file, HEAD + body + "</main></body></html>");
    return browser.open(file, Look.USUAL);
  }
}
