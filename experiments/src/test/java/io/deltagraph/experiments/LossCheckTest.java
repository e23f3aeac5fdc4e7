package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltagraph.data.InputException;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loss that is none, or not about what the net gives out, is refused with those that fit. */
class LossCheckTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  private String refused(String task, String model, String loss) throws IOException {
    Files.writeString(folder.resolve("t.csv"), "a,b\n1,0\n2,5\n3,0\n4,5\n5,0\n");
    String spec =
        """
        { "data": { "csv": "t.csv", "target": "b", "task": "%s" },
          "model": %s, "loss": %s, "epochs": 1,
          "optimizer": { "name": "sgd", "learningRate": 0.1 } }
        """
            .formatted(task, model, loss.startsWith("{") ? loss : "\"" + loss + "\"");
    return catchThrowableOfType(
            InputException.class,
            () -> Experiment.of(SpecReader.parse("w", "w", spec.getBytes(UTF_8)), folder, OPS))
        .getMessage();
  }

  private static String mlp(int units, String activation) {
    return "{ \"family\": \"mlp\", \"layers\": [{ \"units\": %d, \"activation\": \"%s\" }] }"
        .formatted(units, activation);
  }

  @Test
  @DisplayName("A pair that trains one thing and predicts another is refused with those that fit")
  void pairs() throws IOException {
    assertThat(refused("classification", mlp(1, "sigmoid"), "hinge"))
        .isEqualTo(
            "w, at $.loss: found 'hinge', which takes scores whose sign is the class, on one output"
                + " of 'sigmoid', which gives probabilities, each by itself, expected for this"
                + " output one of the losses 'binary_cross_entropy',"
                + " 'binary_cross_entropy_with_logits', 'elementwise_cross_entropy',"
                + " 'half_squared_error', 'huber', 'mean_absolute_error', 'mean_squared_error',"
                + " 'squared_distance', 'supremum', or for this loss a last layer with one of the"
                + " activations 'elu', 'identity', 'leaky_relu', 'linear', 'prelu', 'selu',"
                + " 'softsign', 'tanh'; change one of the two, since a small loss would say nothing"
                + " about the predictions.");
    assertThat(refused("classification", mlp(2, "softmax"), "binary_cross_entropy_with_logits"))
        .contains("2 outputs of 'softmax'", "'softmax_cross_entropy'", "'sigmoid'");
    assertThat(refused("classification", mlp(1, "softmax"), "softmax_cross_entropy"))
        .contains("; this loss needs an output for each class.");
  }

  @ParameterizedTest
  @CsvSource({"logistic, hinge", "softmax, hinge", "logistic, softmax_cross_entropy"})
  @DisplayName("A regression has its activation, so that only other losses are named")
  void families(String family, String loss) throws IOException {
    assertThat(refused("classification", "{ \"family\": \"" + family + "\" }", loss))
        .contains("expected for this output one of the losses ")
        .doesNotContain("last layer");
  }

  @Test
  @DisplayName("A loss of probabilities refuses targets that are none")
  void targets() throws IOException {
    assertThat(refused("regression", mlp(1, "sigmoid"), "binary_cross_entropy"))
        .startsWith(
            "w, at $.loss: found 'binary_cross_entropy', which takes targets from 0 to 1, for"
                + " targets from 0.0 to 5.0, expected a loss for any numbers: 'half_squared_error'");
    assertThat(refused("regression", "{ \"family\": \"linear\" }", "hinge"))
        .contains("'hinge'", "'mean_squared_error'");
  }

  @Test
  @DisplayName("An unknown loss and an op that is no loss are answered with the losses")
  void noLoss() throws IOException {
    String linear = "{ \"family\": \"linear\" }";
    assertThat(refused("regression", linear, "mean_squard_error"))
        .startsWith("w, at $.loss: found 'mean_squard_error', expected a loss: 'binary_cross_")
        .contains("'supremum'; perhaps 'mean_squared_error'")
        .doesNotContain("relu", "penalty", "matmul");
    assertThat(refused("regression", linear, "acme:own")).contains("--plugins");
    for (String op : new String[] {"relu", "add", "matmul", "l2_penalty", "one_hot"}) {
      assertThat(refused("regression", linear, op))
          .startsWith("w, at $.loss: found '" + op + "', an op that is no loss, expected a loss: ");
    }
  }

  @Test
  @DisplayName("An unknown option of a loss is answered with all that there are")
  void options() throws IOException {
    assertThat(
            refused(
                "regression",
                "{ \"family\": \"linear\" }",
                "{ \"name\": \"huber\", \"detla\": 2 }"))
        .isEqualTo(
            "w, at $.loss.detla: found the unknown option 'detla', expected only 'name', 'l1', 'l2',"
                + " 'classWeights',"
                + " 'delta', 'reduction'; perhaps 'delta' was meant.");
  }
}
