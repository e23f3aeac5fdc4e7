package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.metrics.Score;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.registry.OpRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five stratified folds of the shipped specs, whose settings were fixed before these folds. */
class FoldsTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final List<Long> SEEDS = ImmutableList.of(1L, 2L, 3L);

  private static CrossValidation validate(TrainingSpec spec) {
    return CrossValidation.of(spec, Path.of("."), 5, SEEDS, OPS);
  }

  @ParameterizedTest
  @CsvSource({
    "BREAST_CANCER, 0.979",
    "IRIS, 0.960",
    "WINE, 0.983",
    "DIABETES, 0.489",
    "DIGITS, 0.972"
  })
  @DisplayName("Mean scores reach the references less one standard error")
  void references(BuiltInSet set, double reference) {
    CrossValidation scores = validate(SpecReader.builtIn(set));
    assertThat(scores.folds()).hasSize(15);
    assertThat(scores.mean())
        .as("%s", scores.folds())
        .isGreaterThanOrEqualTo(reference - scores.standardError());
    assertThat(scores.measure()).isEqualTo(set == BuiltInSet.DIABETES ? "R2" : "accuracy");
  }

  @Test
  @DisplayName("Softmax regression on the digits reaches its reference less one standard error")
  void digitsBySoftmaxRegression() {
    String json =
        """
        {
          "data": { "builtIn": "digits", "task": "classification" },
          "standardisation": "standard",
          "model": { "family": "softmax", "initialiser": "zeros" },
          "loss": { "name": "softmax_cross_entropy", "l2": 0.1 },
          "optimizer": { "name": "adam", "learningRate": 0.01 },
          "epochs": 40,
          "batch": 64
        }
        """;
    CrossValidation scores = validate(SpecReader.parse("digits", "digits", json.getBytes(UTF_8)));
    assertThat(scores.mean())
        .as("%s", scores.folds())
        .isGreaterThanOrEqualTo(0.969 - scores.standardError());
  }

  @Test
  @DisplayName("Every row is held out once per seed, and a seed decides everything")
  void folds() {
    TrainingSpec spec = SpecReader.builtIn(BuiltInSet.WINE);
    CrossValidation scores = validate(spec);
    for (long seed : SEEDS) {
      assertThat(
              scores.folds().stream()
                  .filter(fold -> fold.seed() == seed)
                  .mapToInt(CrossValidation.Fold::rows)
                  .sum())
          .isEqualTo(178);
    }
    assertThat(validate(spec)).isEqualTo(scores);
    assertThat(scores.folds().subList(0, 5).stream().map(CrossValidation.Fold::score).toList())
        .isNotEqualTo(
            scores.folds().subList(5, 10).stream().map(CrossValidation.Fold::score).toList());
  }

  @Test
  @DisplayName("Mean, deviation and standard error are those of the folds' scores")
  void statistics() {
    List<CrossValidation.Fold> folds =
        Stream.of(0.5, 0.7, 0.9, 0.9)
            .map(score -> new CrossValidation.Fold(1, 1, 10, new Score.Defined(score)))
            .collect(ImmutableList.toImmutableList());
    CrossValidation scores = new CrossValidation("mine", "accuracy", folds);
    // Σ = 3, squares of the gaps 0.0625 + 0.0025 + 2 · 0.0225 = 0.11.
    assertThat(scores.mean()).isCloseTo(0.75, within(1e-15));
    assertThat(scores.deviation()).isCloseTo(Math.sqrt(0.11 / 3), within(1e-15));
    assertThat(scores.standardError()).isCloseTo(Math.sqrt(0.11 / 3) / 2, within(1e-15));
    CrossValidation.Fold none =
        new CrossValidation.Fold(1, 1, 1, new Score.Undefined("all true values are equal"));
    assertThat(new CrossValidation("mine", "R2", ImmutableList.of(none)).mean()).isNaN();
  }

  @Test
  @DisplayName("What is validated learns nothing from the rows held out")
  void noLeak() {
    for (Experiment fold :
        Experiment.folds(SpecReader.builtIn(BuiltInSet.WINE), 5, Path.of("."), OPS)) {
      double[][] inputs = fold.training().samples().inputs().toRows();
      for (int j = 0; j < inputs[0].length; j++) {
        double mean = 0;
        for (double[] row : inputs) {
          mean += row[j] / inputs.length;
        }
        assertThat(mean).isCloseTo(0, within(1e-6)); // of the training rows alone, in f32
      }
      assertThat(fold.split().train().size() + fold.split().test().size()).isEqualTo(178);
      assertThat(fold.split().train().stream().anyMatch(fold.split().test()::contains)).isFalse();
    }
  }
}
