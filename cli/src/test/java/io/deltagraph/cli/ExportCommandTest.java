package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export} of a model that was just trained. */
class ExportCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void train() throws IOException {
    Run run = Run.here("train", Samples.write(folder), "--output", folder.resolve("m"));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void theFileLiesBesideTheModel() throws IOException {
    Run run = Run.here("export", folder.resolve("m"), "--format", "onnx");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Wrote " + folder.resolve("m.onnx") + ": opset 18, ");
    byte[] first = Files.readAllBytes(folder.resolve("m.onnx"));
    Run again =
        Run.here(
            "export",
            folder.resolve("m"),
            "--opset",
            "15",
            "--output",
            folder.resolve("n.onnx"),
            "--json");
    assertThat(again.json().get("opset").asInt()).isEqualTo(15);
    assertThat(again.json().get("outputs").toString()).isEqualTo("[\"outputs\",\"prediction\"]");
    assertThat(Files.readAllBytes(folder.resolve("n.onnx"))).isNotEqualTo(first).isNotEmpty();
  }

  @Test
  void slipsAreToldInOneLine() {
    Run format = Run.here("export", folder.resolve("m"), "--format", "pmml");
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(format.err())
        .isEqualTo("deltagraph: --format: found 'pmml', expected onnx; correct the option.\n");
    Run opset = Run.here("export", folder.resolve("m"), "--opset", "12");
    assertThat(opset.exitCode()).isEqualTo(2);
    assertThat(opset.err())
        .isEqualTo(
            "deltagraph: --opset: found 12, expected a version from 13 to 28; correct the option.\n");
    Run runtime =
        Run.here("export", folder.resolve("m"), "--verify", "--runtime", folder.resolve("no.jar"));
    assertThat(runtime.exitCode()).isEqualTo(2);
    assertThat(runtime.err())
        .isEqualTo(
            "deltagraph: %s: found no such file, expected the jar of ONNX Runtime; check the path.\n"
                .formatted(folder.resolve("no.jar")));
    Run model = Run.here("export", folder.resolve("m"), "--output", folder.resolve("m.json"));
    assertThat(model.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("m.json")).isNotEmptyFile();
  }
}
