package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} of files of this project's own and of files that are none. */
class ImportCommandTest {
  @TempDir private Path folder;

  @Test
  void anExportedModelComesBackAsAGraph() throws IOException {
    Run train = Run.here("train", Samples.write(folder), "--output", folder.resolve("m"));
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(Run.here("export", folder.resolve("m")).exitCode()).isZero();
    Run read = Run.here("import", folder.resolve("m.onnx"), "--output", folder.resolve("back"));
    assertThat(read.exitCode()).as(read.err()).isZero();
    assertThat(read.out())
        .contains("Read " + folder.resolve("m.onnx") + ": opset 18, written by deltagraph")
        .contains("operators   ")
        .contains("Saved as " + folder.resolve("back.json"));
    assertThat(folder.resolve("back.json")).isNotEmptyFile();
    assertThat(folder.resolve("back.safetensors")).isNotEmptyFile();
    JsonNode json =
        Run.here("import", folder.resolve("m.onnx"), "--output", folder.resolve("c"), "--json")
            .json();
    assertThat(json.get("opset").asInt()).isEqualTo(18);
    assertThat(json.get("parameters").size()).isPositive();
  }

  @Test
  void whatIsNoModelLeavesNothingBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("net.onnx"), "not a model");
    Run run = Run.here("import", file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("deltagraph: " + file).hasLineCount(1);
    assertThat(folder.resolve("net.imported.json")).doesNotExist();
    Run missing = Run.here("import", folder.resolve("none.onnx"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).startsWith("deltagraph: ").hasLineCount(1);
    Run format = Run.here("import", file, "--format", "pmml");
    assertThat(format.err())
        .isEqualTo("deltagraph: --format: found 'pmml', expected onnx; correct the option.\n");
  }
}
