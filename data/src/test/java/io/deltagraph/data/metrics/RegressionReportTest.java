package io.deltagraph.data.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import io.deltagraph.data.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionReportTest {
  private static double value(Score score) {
    return score.number().orElseThrow();
  }

  @Test
  void scoresByHand() {
    // Errors 0.5, −0.5, 0, −1: squares sum to 1.5; the mean of the truth is 2.875, its squares
    // 29.1875.
    RegressionReport report =
        RegressionReport.of(Doubles.asList(3, -0.5, 2, 7), Doubles.asList(2.5, 0, 2, 8));
    assertThat(value(report.r2())).isCloseTo(1 - 1.5 / 29.1875, within(1e-15));
    assertThat(value(report.rmse())).isCloseTo(Math.sqrt(0.375), within(1e-15));
    assertThat(value(report.mae())).isEqualTo(0.5);
  }

  @Test
  void theMeanScoresZeroAndWorseScoresBelow() {
    List<Double> truth = Doubles.asList(1, 2, 3);
    assertThat(value(RegressionReport.of(truth, Doubles.asList(2, 2, 2)).r2())).isZero();
    assertThat(value(RegressionReport.of(truth, Doubles.asList(3, 2, 1)).r2())).isEqualTo(-3);
    assertThat(value(RegressionReport.of(truth, truth).r2())).isEqualTo(1);
  }

  @Test
  void constantTruthHasNoR2() {
    RegressionReport report =
        RegressionReport.of(Doubles.asList(0.1, 0.1, 0.1), Doubles.asList(0.1, 0.2, 0.1));
    assertThat(report.r2()).isEqualTo(new Score.Undefined("all true values are equal"));
    assertThat(value(report.mae())).isCloseTo(0.1 / 3, within(1e-15));
  }

  @Test
  void whatCannotBeScoredIsSaid() {
    assertThat(RegressionReport.of(Doubles.asList(), Doubles.asList()).rmse())
        .isEqualTo(new Score.Undefined("no rows"));
    RegressionReport diverged =
        RegressionReport.of(Doubles.asList(1, 2), Doubles.asList(1, Double.NaN));
    assertThat(diverged.r2()).isEqualTo(new Score.Undefined("the prediction of row 1 is NaN"));
    assertThat(diverged.mae()).isEqualTo(diverged.r2());
    assertThat(RegressionReport.of(Doubles.asList(1, 2), Doubles.asList(1, 1e200)).r2())
        .isEqualTo(new Score.Undefined("too large for f64"));
    assertThat(RegressionReport.of(Doubles.asList(1, -1e308), Doubles.asList(1, 1e308)).rmse())
        .isEqualTo(new Score.Undefined("too large for f64"));
  }

  /** Errors 1, 0 and 0 times the unit: RMSE 1/√3, R² 1 − 1/2 (squares of the spread −1, 0, 1). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-170, 1e-300, 1, 1e170, 1e300})
  void errorsFarOutAndNextToZeroAreScored(double unit) {
    RegressionReport report =
        RegressionReport.of(
            Doubles.asList(unit, 2 * unit, 3 * unit), Doubles.asList(0, 2 * unit, 3 * unit));
    assertThat(value(report.rmse()) / unit).isCloseTo(0.5773502691896258, within(1e-15));
    assertThat(value(report.r2())).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void badTruthIsRefused() {
    assertThatThrownBy(() -> RegressionReport.of(Doubles.asList(Double.NaN), Doubles.asList(1)))
        .hasMessage("row 0: the true number is NaN");
    assertThatThrownBy(() -> RegressionReport.of(Doubles.asList(1), Doubles.asList()))
        .hasMessage("1 true and 0 predicted numbers");
  }

  @Test
  void numbersAreComparedWithNumbersAlone() {
    Targets truth = new Targets.Numbers(List.of(1.0, 3.0));
    assertThat(ScoreReport.of(truth, new Targets.Numbers(List.of(1.0, 2.0))))
        .isEqualTo(RegressionReport.of(List.of(1.0, 3.0), List.of(1.0, 2.0)));
    Targets classes = new Targets.Classes(List.of(0, 1), List.of("a", "b"));
    assertThat(ScoreReport.of(classes, classes).rows()).isEqualTo(2);
    assertThatThrownBy(() -> ScoreReport.of(truth, classes))
        .hasMessage("Classes and numbers cannot be compared.");
  }
}
