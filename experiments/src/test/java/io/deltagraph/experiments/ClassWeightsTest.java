package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.check.Verdict;
import io.deltagraph.data.ClassWeights;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.SpecWriter;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.training.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that count by their class, from the spec to the trained weights. */
class ClassWeightsTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static TrainingSpec spec(String loss, String weights, String fraction) {
    String json =
        """
        {
          "data": { "builtIn": "wine" },
          "split": { "testFraction": %s },
          "model": { "family": "softmax" },
          "loss": { "name": "%s", "l2": 5, "classWeights": %s },
          "optimizer": { "name": "sgd", "momentum": 0.9, "learningRate": 1 },
          "epochs": 900, "batch": "all", "dtype": "f64"
        }
        """
            .formatted(fraction, loss, weights);
    return SpecReader.parse("wines", "wines", json.getBytes(UTF_8));
  }

  private static Experiment experiment(TrainingSpec spec) {
    return Experiment.of(spec, Path.of("."), OPS);
  }

  private static TrainingResult trained(Experiment experiment) {
    TrainingSpec spec = experiment.spec();
    Network network = Network.build(experiment.plan(), OPS, Seeds.of(spec.seed()));
    return Trainers.train(
        spec, Trainers.of(spec, network), experiment.training().samples(), TrainingListener.NONE);
  }

  /**
   * What scikit-learn 1.2.1 finds: {@code LogisticRegression(C=0.2, class_weight=…, tol=1e-14,
   * max_iter=100000, solver="newton-cg")} on {@code StandardScaler().fit_transform(X)} of {@code
   * load_wine}. It makes {@code C Σ w_i c_i + ½ Σ W²} small, which is the loss here times n C where
   * l2 is 1/C.
   */
  @Test
  void theMinimumIsThatOfScikitLearn() {
    matches(
        "\"balanced\"",
        0.15189655925032347,
        new double[] {
          0.5378644634, 0.0757326681, 0.2910993243, -0.5230143584,
          -0.693010463, -0.3037987046, -0.4811250714, 0.3247720592,
          0.1551459996, 0.2280660365, 0.1900257471, 0.1982422992
        },
        new double[] {0.188198993, 0.4773375464, -0.6655365394});
    matches(
        "{ \"cultivar 1\": 5, \"cultivar 3\": 0.25 }",
        0.1732293415175252,
        new double[] {
          0.7045082094, 0.170961697, 0.4273473032, -0.6732558299,
          -0.8012348287, -0.3626066761, -0.544511928, 0.4773433797,
          0.0967266193, 0.1916449791, 0.1171646249, 0.1959124502
        },
        new double[] {0.8117657952, 0.4484166906, -1.2601824858});
  }

  private static void matches(String weights, double loss, double[] first, double[] bias) {
    TrainingResult result = trained(experiment(spec("sparse_softmax_cross_entropy", weights, "0")));
    Tensor w = requireNonNull(result.parameters().get("layer1.weight"));
    for (int k = 0; k < 3; k++) {
      for (int j = 0; j < 4; j++) {
        assertThat(w.get(k * 13 + j)).isCloseTo(first[k * 4 + j], within(2e-8));
      }
    }
    double[] b = requireNonNull(result.parameters().get("layer1.bias")).toDoubles();
    for (int k = 0; k < 3; k++) {
      assertThat(b[k]).isCloseTo(bias[k], within(2e-8));
    }
    assertThat(result.loss()).isCloseTo(loss, within(1e-12));
  }

  /** Those of scikit-learn's compute_class_weight on the same 59, 71 and 48 rows. */
  @Test
  void aBalanceIsMadeOfTheTrainingRows() {
    Experiment all = experiment(spec("softmax_cross_entropy", "\"balanced\"", "0"));
    Targets.Classes classes = (Targets.Classes) all.training().target();
    List<Double> each = ClassWeights.balanced("wines", classes).each();
    assertThat(each.get(0)).isCloseTo(1.00564972, within(1e-8));
    assertThat(each.get(1)).isCloseTo(0.83568075, within(1e-8));
    assertThat(each.get(2)).isCloseTo(1.23611111, within(1e-8));
    assertThat(all.taken())
        .containsExactly(
            "rows count by class: 'cultivar 1' 1.006, 'cultivar 2' 0.8357, 'cultivar 3' 1.236");

    Experiment part = experiment(spec("softmax_cross_entropy", "\"balanced\"", "0.3"));
    Tensor trained = part.training().samples().get(Network.WEIGHTS);
    assertThat(trained.toDoubles()).hasSize(part.training().samples().count());
    assertThat(Arrays.stream(trained.toDoubles()).sum()).isCloseTo(trained.length(), within(2e-8));
    // The rows held out have the weights that were learnt, and are scored without them.
    assertThat(part.held().samples().get(Network.WEIGHTS).toDoubles())
        .hasSize(part.held().samples().count())
        .containsAnyOf(trained.toDoubles());
  }

  @Test
  void theClosedFormFollows() {
    for (String loss : List.of("softmax_cross_entropy", "sparse_softmax_cross_entropy")) {
      ExperimentCheck check =
          ExperimentCheck.of(experiment(spec(loss, "{ \"cultivar 2\": 7 }", "0.2")));
      assertThat(check.before(OPS).verdict()).isEqualTo(Verdict.PASS);
      assertThat(check.before(OPS).worstClosedForm()).isPresent();
    }
  }

  @Test
  void aSpecIsWrittenAsItIsRead() {
    for (String weights : List.of("\"balanced\"", "{ \"cultivar 1\": 0.5, \"cultivar 3\": 0.0 }")) {
      TrainingSpec spec = spec("softmax_cross_entropy", weights, "0");
      TrainingSpec again =
          SpecReader.parse("wines", "wines", SpecWriter.toJson(spec).getBytes(UTF_8));
      assertThat(again).isEqualTo(spec);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused(
        spec("softmax_cross_entropy", "{ \"cultivar1\": 2 }", "0"),
        "wines, at $.loss.classWeights: found the class 'cultivar1', expected one of 'cultivar 1',"
            + " 'cultivar 2', 'cultivar 3'; perhaps 'cultivar 1' or");
    refused(
        spec("supremum", "\"balanced\"", "0"),
        "wines, at $.loss.classWeights: found weights for 'supremum', which is one number of all"
            + " rows together, expected one of the losses 'binary_cross_entropy',");
    assertThatThrownBy(() -> spec("softmax_cross_entropy", "{ \"cultivar 1\": -2 }", "0"))
        .hasMessageContaining(
            "$.loss.classWeights.cultivar 1: found -2, expected a number not below");
    assertThatThrownBy(() -> spec("softmax_cross_entropy", "{}", "0"))
        .hasMessageContaining("expected 'balanced' or an object with numbers by the names of");
    String regression =
        """
        { "data": { "builtIn": "diabetes" }, "model": { "family": "linear" },
          "loss": { "name": "mean_squared_error", "classWeights": "balanced" },
          "optimizer": { "name": "adam", "learningRate": 0.1 }, "epochs": 1 }
        """;
    assertThatThrownBy(() -> SpecReader.parse("d", "d", regression.getBytes(UTF_8)))
        .hasMessageContaining("found weights of classes, expected none for a target of numbers");
    Targets.Classes without = new Targets.Classes(List.of(0, 0, 2), List.of("a", "b", "c"));
    assertThatThrownBy(() -> ClassWeights.balanced("t", without))
        .hasMessage(
            "t: found no row to train on of the class 'b', expected some of each class, which a"
                + " balance is made from; add rows of it, or give the weights as numbers.");
    assertThat(ClassWeights.of("t", Map.of("b", 3.0), without.names()).each())
        .containsExactly(1.0, 3.0, 1.0);
  }

  private static void refused(TrainingSpec spec, String message) {
    assertThatThrownBy(() -> experiment(spec))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }
}
