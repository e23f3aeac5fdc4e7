package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.check.Verdict;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.training.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run advises can be done in its spec, and is about what went wrong. */
class AdviceTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  private RunReport train(String json) throws IOException {
    TrainingSpec spec = SpecReader.parse("w", "w", json.getBytes(UTF_8));
    Path stem = folder.resolve("m");
    return Runs.train(spec, folder, stem, OPS, Runs.Curves.TRAINING, RunListener.NONE);
  }

  private RunReport numbers(String targets, String last, String rest) throws IOException {
    StringBuilder table = new StringBuilder("a,b\n");
    List<String> values = List.of(targets.split(" "));
    for (int i = 0; i < values.size(); i++) {
      table.append(i).append(',').append(values.get(i)).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), table);
    return train(
        """
        { "data": { "csv": "t.csv", "target": "b", "task": "regression" },
          "split": { "testFraction": 0 },
          "model": { "family": "mlp", "layers": [{ "units": 2, "activation": "tanh" },
                                                 { "units": 1, "activation": "%s" }] },
          "loss": "half_squared_error", %s }
        """
            .formatted(last, rest));
  }

  @Test
  @DisplayName(
      "A run that diverges says what to change in the spec, and nothing that is there already")
  void diverged() {
    String targets = "1000 2000 3000 4000 5000";
    assertThatThrownBy(() ->
            numbers(
                targets,
                "identity",
                "\"standardisation\": \"none\", \"epochs\": 100,"
                    + " \"optimizer\": { \"name\": \"sgd\", \"learningRate\": 1e6 }"))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("Training diverged: ")
        .hasMessageContaining("The first number that is not finite: element 0 of ")
        .hasMessageContaining(
            "In the spec, set \"learningRate\" lower than 1000000.0, or scale the features by"
                + " \"standardisation\": \"standard\", or divide the column 'b', which goes up to"
                + " 5000.0, by such a number, or cut the gradients by \"clipping\": { \"globalNorm\":"
                + " 1 } in \"optimizer\".\n");
    assertThatThrownBy(() ->
            numbers(
                "1 2 3 4 5",
                "identity",
                "\"epochs\": 100, \"optimizer\": { \"name\": \"sgd\", \"learningRate\": 1e300,"
                    + " \"clipping\": { \"value\": 1e100 } }"))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("In the spec, set \"learningRate\" lower than 1.0E300.");
  }

  @Test
  @DisplayName("Targets far from where a net starts are told with what scales them")
  void unscaled() throws IOException {
    String brief = "\"epochs\": 1, \"optimizer\": { \"name\": \"sgd\", \"learningRate\": 1e-9 }";
    assertThat(
            numbers("1000 2000 3000 4000 5000", "identity", brief).scores().orElseThrow().remarks())
        .containsExactly(
            "R2 is below 0: the mean of the targets would be the better prediction. The targets go"
                + " from 1000.0 to 5000.0 and are learnt as they are. Scale them in the table,"
                + " (target − 3000.00) / 2000.00, and scale the predictions back; or train longer, or"
                + " with another learning rate.");
    assertThat(numbers("1 0 -1 0 1", "relu", brief).scores().orElseThrow().remarks())
        .hasSize(2)
        .anyMatch(remark -> remark.contains("Train longer"))
        .contains(
            "1 of 5 targets lie outside of what the last activation gives, 0 and more: take one that"
                + " gives any number.");
    String well = "\"epochs\": 400, \"optimizer\": { \"name\": \"adam\", \"learningRate\": 0.05 }";
    assertThat(numbers("1 0 -1 0 1", "identity", well).scores().orElseThrow().remarks()).isEmpty();
  }

  @Test
  @DisplayName("xor from zeros stands still at a symmetric point, which is no minimum")
  void zeros() throws IOException {
    RunReport report =
        train(
            """
            { "data": { "builtIn": "xor", "task": "classification" },
              "split": { "testFraction": 0 },
              "model": { "family": "mlp", "initialiser": "zeros",
                         "layers": [{ "units": 3, "activation": "tanh" },
                                    { "units": 1, "activation": "sigmoid" }] },
              "loss": "half_squared_error", "epochs": 20, "batch": "all",
              "optimizer": { "name": "sgd", "learningRate": 0.5 } }
            """);
    RunReport.Check after = report.checks().getLast();
    assertThat(after.gradients().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(after.remark().orElseThrow())
        .startsWith("A symmetric point: neurons among the 3 of layer1")
        .doesNotContain("minimum");
  }
}
