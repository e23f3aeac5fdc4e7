package io.deltagraph.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunOptions;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.run.RunPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run in a real browser. */
@InBrowser
final class RunInBrowserTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  @TempDir private Path folder;

  private Path page(TrainingSpec spec) throws IOException {
    RunOptions options = new RunOptions(Runs.Curves.TRAINING, false, false, true);
    RunReport report =
        Runs.train(spec, folder, folder.resolve("m"), OPS, options, RunListener.NONE);
    Path file = folder.resolve("run.html");
    Files.writeString(file, RunPage.of(report, OPS, "deltagraph train").html());
    return file;
  }

  /** A click and the keyboard lead to a node's formula and numbers. */
  @Test
  void aNodeThatIsChosenShowsItsFormula(Chromium browser) throws IOException {
    Path file = page(SpecReader.builtIn(BuiltInSet.DIGITS).withEpochs(2));
    try (BrowserPage page = browser.open(file, Look.USUAL)) {
      assertThat(shown(page)).isEqualTo("A node of your choice");
      page.click("a.node[aria-label^=\"Z1,\"]");
      assertThat(shown(page)).isEqualTo("Z1");
      assertThat(page.evaluate("document.activeElement.querySelectorAll('math').length").asInt())
          .isEqualTo(2);
      page.focus("a.node[aria-label^=\"loss\"]");
      page.press("Enter");
      assertThat(shown(page)).isEqualTo("loss");
      page.assertSound("run-digits");
    }
  }

  private static String shown(BrowserPage page) {
    return page.text("[data-panel] > section:not(.hidden) h3");
  }

  /** From the loss on, a value at a time; each is marked while it is its turn. */
  @Test
  void keysStepThroughTheBackwardPass(Chromium browser) throws IOException {
    Path file = page(SpecReader.builtIn(BuiltInSet.XOR).withEpochs(2));
    try (BrowserPage page = browser.open(file, Look.USUAL)) {
      assertThat(page.text("[data-part=said]")).startsWith("The forward pass is done: the loss is");
      page.focus("#backward-pass .stage");
      page.press("ArrowRight");
      assertThat(page.text("[data-part=said]")).startsWith("loss: ");
      assertThat(now(page)).isEqualTo("loss");
      page.press("ArrowRight");
      assertThat(now(page)).isNotEqualTo("loss");
      page.press("ArrowLeft");
      assertThat(now(page)).isEqualTo("loss");
      page.press("End");
      assertThat(page.evaluate("document.querySelectorAll('.done').length").asInt())
          .isGreaterThan(8);
      page.assertSound("run-xor");
    }
  }

  private static String now(BrowserPage page) {
    return page.text(".now text");
  }

  @Test
  void hostileNamesOfColumnsAndClassesRunNothing(Chromium browser) throws IOException {
    StringBuilder csv = new StringBuilder("\"" + HOSTILE + "\",b,\"t" + HOSTILE + "\"\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i % 7).append(',').append(i % 5).append(',');
      csv.append(i % 7 > i % 5 ? "y" + HOSTILE : "no").append('\n');
    }
    Files.writeString(folder.resolve("hostile.csv"), csv);
    String spec =
        """
        {
          "data": { "csv": "hostile.csv", "target": "t%s", "task": "classification" },
          "model": { "family": "logistic" },
          "loss": "binary_cross_entropy_with_logits",
          "optimizer": { "name": "sgd", "learningRate": 0.5 },
          "epochs": 5
        }
        """
            .formatted(HOSTILE);
    Path file = page(SpecReader.parse("a", HOSTILE, spec.getBytes(StandardCharsets.UTF_8)));
    try (BrowserPage page = browser.open(file, Look.USUAL)) {
      assertThat(page.text("h1")).startsWith(HOSTILE);
      assertThat(page.evaluate("document.querySelectorAll('img[src=x]').length").asInt()).isZero();
      page.assertSound("run-hostile");
    }
  }
}
