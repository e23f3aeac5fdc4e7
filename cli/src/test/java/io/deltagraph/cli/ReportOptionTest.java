package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages beside what commands print. */
class ReportOptionTest {
  private static final String NUMBERS = "\"target\": \"kind\", \"task\": \"regression\"";
  private static final String LINEAR = "{ \"units\": 1, \"activation\": \"identity\" }";

  @TempDir private Path folder;

  @Test
  void aTrainingHasAPageThatSaysHowToRepeatIt() throws Exception {
    Path page = folder.resolve("run.html");
    Run run =
        Run.here(
            "train", "xor", "--epochs", 3, "--report", page, "--output", folder.resolve("a's b"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("Report: " + page + "\n");
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("xor: report of a training", "deltagraph train xor --epochs 3 --report")
        .contains("--output &#39;" + folder.resolve("a&#39;\\&#39;&#39;s b") + "&#39;");
  }

  @Test
  void withTheEndingOfJsonItIsTheNumbers() throws Exception {
    Path numbers = folder.resolve("run.json");
    assertThat(Run.here("check", "iris", "--report", numbers).exitCode()).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(numbers.toFile());
    assertThat(json.at("/verdict").asText()).isEqualTo("pass");
    assertThat(json.at("/checks/0/tensors/0/name").asText()).isEqualTo("delta1");
  }

  @Test
  void derivationsHavePagesToo() throws Exception {
    Path explained = folder.resolve("explained.html");
    assertThat(Run.here("explain", "xor", "--report", explained).exitCode()).isZero();
    assertThat(Files.readString(explained)).contains("<math", "How δ1 comes about");
    Path file = folder.resolve("mine.txt");
    Files.writeString(file, "Z1 = X W1ᵀ + b1\nδ2 = (A2 − T) / n\nδ1 = δ2 W2\n");
    Path marked = folder.resolve("marked.html");
    assertThat(Run.here("mark", "xor", file, "--report", marked).exitCode()).isEqualTo(1);
    assertThat(Files.readString(marked))
        .contains("✗ Something is wrong.", "✓ right", "✗ wrong", "It lacks a factor");
  }

  /** A run that diverges is where a page is needed most. */
  @Test
  void aTrainingThatDivergesHasAPageToo() throws Exception {
    Samples.write(folder);
    Path spec =
        Files.writeString(
            folder.resolve("far.json"),
            Samples.SPEC
                .replace("\"target\": \"kind\", \"task\": \"classification\"", NUMBERS)
                .replace("{ \"units\": 2, \"activation\": \"softmax\" }", LINEAR)
                .replace("tanh", "relu")
                .replace("softmax_cross_entropy", "mean_squared_error")
                .replace("\"adam\", \"learningRate\": 0.05", "\"sgd\", \"learningRate\": 1e9"));
    Files.writeString(
        folder.resolve("table.csv"), Samples.table().replace(",out", ",1").replace(",in", ",0"));
    Path page = folder.resolve("run.html");
    Run run = Run.here("train", spec, "--report", page, "--output", folder.resolve("m"));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("Training diverged: ");
    assertThat(run.out()).endsWith("Report: " + page + "\n");
    String html = Files.readString(page);
    assertThat(html)
        .contains(
            "far: report of a training",
            "✗ Training diverged: it came to a number that is not finite.",
            "In the spec, set &quot;learningRate&quot; lower",
            "Loss of the last steps");
    assertThat(html.indexOf("Training diverged")).isLessThan(html.indexOf("id=\"sanity\""));
  }

  /** Told before anything is read or printed, whatever the command. */
  @Test
  void noCommandWorksForAPageThatCannotBeWritten() throws Exception {
    Path page = Files.createFile(folder.resolve("file")).resolve("a.html");
    Path missing = folder.resolve("missing.txt");
    for (Object[] arguments :
        new Object[][] {
          {"check", "xor", "--report", page},
          {"explain", "xor", "--report", page},
          {"mark", "xor", missing, "--report", page},
          {"show", "perceptron", "--output", page}
        }) {
      Run run = Run.here(arguments);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.out()).as(String.valueOf(arguments[0])).isEmpty();
      assertThat(run.err()).contains("a.html").doesNotContain("missing.txt");
    }
  }

  /** Told before anything is trained. */
  @Test
  void aPageThatCannotBeWrittenIsToldFirst() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Run run =
        Run.here(
            "train", "xor", "--report", file.resolve("a.html"), "--output", folder.resolve("m"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("m.json")).doesNotExist();
  }

  @Test
  void aPageReplacesNoInput() throws Exception {
    Path spec = Samples.write(folder);
    String before = Files.readString(spec);
    Run run = Run.here("check", spec, "--report", spec);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--report", "another name than that of the spec");
    assertThat(Files.readString(spec)).isEqualTo(before);
  }

  @Test
  void thePublishedExampleHasNone() {
    Run run = Run.here("check", "worked-example", "--report", folder.resolve("a.html"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--report", "leave it out");
    assertThat(folder.resolve("a.html")).doesNotExist();
  }
}
