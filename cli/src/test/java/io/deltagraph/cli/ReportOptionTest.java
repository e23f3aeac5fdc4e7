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
  @TempDir private Path folder;

  @Test
  void aTrainingHasAPageThatSaysHowToRepeatIt() throws Exception {
    Path page = folder.resolve("run.html");
    Run run =
        Run.here(
            "train", "xor", "--epochs", 3, "--report", page, "--output", folder.resolve("a b"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("Report: " + page + "\n");
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("xor: report of a training", "deltagraph train xor --epochs 3 --report")
        .contains("--output &#39;" + folder.resolve("a b") + "&#39;");
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
