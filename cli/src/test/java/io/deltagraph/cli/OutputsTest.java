package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What commands write replaces nothing that is still wanted. */
class OutputsTest {
  @TempDir private Path folder;

  private Path path(String name) {
    return folder.resolve(name);
  }

  private void trained() throws IOException {
    Run run = Run.here("train", Samples.write(folder), "--output", path("m"), "--epochs", 2);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** The bytes of all files of the folder. */
  private Map<String, List<Byte>> contents() throws IOException {
    Map<String, List<Byte>> contents = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            file.getFileName().toString(),
            com.google.common.primitives.Bytes.asList(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  @Test
  @DisplayName("A run that fails leaves the old model, and says where what it came to is kept")
  void aFailedRunLeavesTheOldModel() throws IOException {
    trained();
    Map<String, List<Byte>> before = contents();
    Path wild =
        Files.writeString(
            path("wild.json"),
            Samples.SPEC
                .replace("\"adam\", \"learningRate\": 0.05", "\"sgd\", \"learningRate\": 1e200")
                .replace("\"f32\"", "\"f64\"")
                .replace("\"tanh\"", "\"identity\"")
                .replace("\"batch\": 8", "\"batch\": \"all\""));
    Run run = Run.here("train", wild, "--output", path("m"));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains("Training diverged")
        .contains(
            "the model as it was after epoch 1 is kept as "
                + path("m.autosave.json")
                + ", and "
                + path("m.json")
                + " is as it was before.");
    assertThat(contents())
        .containsAllEntriesOf(before)
        .containsOnlyKeys(
            "table.csv",
            "mine.json",
            "wild.json",
            "m.json",
            "m.safetensors",
            "m.autosave.json",
            "m.autosave.safetensors");
    assertThat(run.err()).doesNotContain("earlier runs");
    Run again = Run.here("train", wild, "--output", path("m"), "--json");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .contains("What earlier runs left is there too, as " + path("m.autosave.json"));
    assertThat(again.json().path("spec").textValue()).isEqualTo("wild");
    assertThat(again.json().path("kept").path("model").textValue())
        .isEqualTo(path("m.autosave-2").toString());
    assertThat(again.json().path("kept").path("epoch").intValue()).isEqualTo(1);
    assertThat(again.json().has("saved")).isFalse();
    Run scored = Run.here("evaluate", path("m"), "--data", path("table.csv"));
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(SavedModel.load(path("m.autosave"), OpRegistry.load()).name()).contains("wild");
  }

  @Test
  @DisplayName("predict does not replace what it reads, by whatever path or link")
  void predictSparesItsInputs() throws IOException {
    trained();
    Files.createLink(path("hard.csv"), path("table.csv"));
    Files.createSymbolicLink(path("soft.csv"), path("table.csv"));
    Files.createSymbolicLink(path("linked"), folder);
    Map<String, List<Byte>> before = contents();
    Map<String, String> outputs =
        Map.of(
            "table.csv", "table",
            "hard.csv", "table",
            "soft.csv", "table",
            "linked/table.csv", "table",
            "m.json", "model",
            "linked/m.json", "model",
            "m.safetensors", "model");
    outputs.forEach((output, input) -> {
      Run run =
          Run.here("predict", path("m"), "--data", path("table.csv"), "--output", path(output));
      assertThat(run.exitCode()).as(output).isEqualTo(2);
      assertThat(run.err())
          .contains("--output: found " + path(output))
          .contains("expected another name than that of the " + input)
          .contains("so that the predictions do not replace the " + input);
    });
    assertThat(contents()).isEqualTo(before);
    Run other =
        Run.here("predict", path("m"), "--data", path("table.csv"), "--output", path("new.csv"));
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(path("new.csv")).content().startsWith("kind\n").hasLineCount(41);
  }

  @Test
  @DisplayName("train does not replace spec, table or plugins by the model")
  void trainSparesItsInputs() throws IOException {
    Samples.write(folder);
    Path spec =
        Files.writeString(path("other.json"), Samples.SPEC.replace("table.csv", "table.json"));
    Files.copy(path("table.csv"), path("table.json"));
    Files.createSymbolicLink(path("model.json"), Path.of("other.json"));
    Path jar = path("plugin.safetensors");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("empty"));
    }
    Map<String, List<Byte>> before = contents();
    Map.of("other", "spec", "model", "spec", "table", "table", "plugin", "plugin")
        .forEach((output, input) -> {
          Run run = Run.here("train", spec, "--output", path(output), "--plugins", jar);
          assertThat(run.exitCode()).as(output).isEqualTo(2);
          assertThat(run.err())
              .contains("expected another name than that of the " + input)
              .contains("so that the model does not replace the " + input);
        });
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  @DisplayName("An output that cannot be written is told before anything runs")
  void tellsFirst() throws IOException {
    trained();
    Path file = Files.writeString(path("file"), "in the way");
    Run train = Run.here("train", path("mine.json"), "--output", file.resolve("m"));
    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.out()).isEmpty();
    assertThat(train.err()).startsWith("deltagraph: It cannot be written: ").doesNotContain("bug");
    // The model does not exist either: the output is looked at first.
    Run predict =
        Run.here("predict", path("none"), "--data", path("none"), "--output", file.resolve("p"));
    assertThat(predict.exitCode()).isEqualTo(2);
    assertThat(predict.err()).startsWith("deltagraph: It cannot be written: ");
    assertThat(Run.here("predict", path("m"), "--data", path("table.csv"), "--output", folder))
        .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
        .satisfies(run -> assertThat(run.err()).contains("it is a folder"));
  }

  @Test
  @DisplayName("A second run that wants to write a model is told who is writing it")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void namesTheOtherWriter() throws Exception {
    Path spec = Samples.write(folder);
    Path err = path("err.txt");
    Process process =
        Run.start(folder, path("out.txt"), err, "train", spec, "--epochs", "100000000");
    try {
      Path kept = path("mine.model.autosave.safetensors");
      for (int i = 0; i < 600 && !Files.exists(kept); i++) {
        Thread.sleep(100);
      }
      assertThat(kept).exists();
      Run second = Run.here("train", spec, "--output", path("mine.model"), "--epochs", 1);
      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.out()).isEmpty();
      assertThat(second.err())
          .startsWith("deltagraph: Process " + process.pid() + " is writing this model already.\n");
      // A process that is killed cannot clear up; the next one is not kept out.
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      Run third = Run.here("train", spec, "--output", path("mine.model"), "--epochs", 1);
      assertThat(third.exitCode()).as(third.err()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(contents().keySet())
        .noneMatch(name -> name.endsWith(".writing"))
        .contains("mine.model.json", "mine.model.autosave.json");
  }
}
