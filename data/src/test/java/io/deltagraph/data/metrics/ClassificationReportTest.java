package io.deltagraph.data.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worked by hand: the counts are small enough to read off. */
class ClassificationReportTest {
  private static final List<String> NAMES = ImmutableList.of("cat", "dog", "fish");
  // cat: 2 right, 1 taken for dog; dog: 2 right; fish: 1, taken for cat.
  private static final List<Integer> TRUTH = List.of(0, 0, 0, 1, 1, 2);
  private static final List<Integer> PREDICTED = List.of(0, 0, 1, 1, 1, 0);

  private static double value(Score score) {
    return score.number().orElseThrow();
  }

  @Test
  void counts() {
    ConfusionMatrix matrix = ConfusionMatrix.of(TRUTH, PREDICTED, NAMES);
    assertThat(matrix.counts()).isEqualTo(List.of(2, 1, 0, 0, 2, 0, 1, 0, 0));
    assertThat(matrix.rows()).isEqualTo(6);
    assertThat(matrix.support(0)).isEqualTo(3);
    assertThat(matrix.predicted(0)).isEqualTo(3);
    assertThat(matrix.predicted(1)).isEqualTo(3);
    assertThat(matrix.at(2, 0)).isEqualTo(1);
    assertThat(matrix.at(0, 2)).isZero();
  }

  @Test
  void scores() {
    ConfusionMatrix matrix = ConfusionMatrix.of(TRUTH, PREDICTED, NAMES);
    assertThat(value(matrix.accuracy())).isEqualTo(4.0 / 6);
    assertThat(value(matrix.precision(0))).isEqualTo(2.0 / 3);
    assertThat(value(matrix.precision(1))).isEqualTo(2.0 / 3);
    assertThat(matrix.precision(2)).isEqualTo(new Score.Undefined("never predicted"));
    assertThat(value(matrix.recall(0))).isEqualTo(2.0 / 3);
    assertThat(value(matrix.recall(1))).isEqualTo(1);
    assertThat(value(matrix.recall(2))).isZero();
    assertThat(value(matrix.f1(0))).isEqualTo(2.0 / 3);
    assertThat(value(matrix.f1(1))).isEqualTo(0.8);
    assertThat(value(matrix.f1(2))).isZero();
    assertThat(value(matrix.macroPrecision())).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(value(matrix.macroRecall())).isCloseTo(5.0 / 9, within(1e-15));
    assertThat(value(matrix.macroF1())).isCloseTo((2.0 / 3 + 0.8) / 3, within(1e-15));
  }

  @Test
  void precisionAndRecallAreNotMixedUp() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(
            List.of(0, 0, 0, 0, 1), List.of(0, 1, 1, 1, 1), ImmutableList.of("n", "p"));
    assertThat(value(matrix.precision(1))).isEqualTo(0.25);
    assertThat(value(matrix.recall(1))).isEqualTo(1);
    assertThat(value(matrix.precision(0))).isEqualTo(1);
    assertThat(value(matrix.recall(0))).isEqualTo(0.25);
  }

  @Test
  void whatIsNotThereIsSaid() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of(0), List.of(0), NAMES);
    assertThat(matrix.recall(1)).isEqualTo(new Score.Undefined("no rows of this class"));
    assertThat(matrix.f1(1)).isEqualTo(new Score.Undefined("neither there nor predicted"));
    assertThat(value(matrix.macroRecall())).isEqualTo(1);
    ConfusionMatrix empty = ConfusionMatrix.of(List.of(), List.of(), NAMES);
    assertThat(empty.accuracy()).isEqualTo(new Score.Undefined("no rows"));
    assertThat(empty.macroF1()).isEqualTo(new Score.Undefined("defined for no class"));
  }

  @Test
  void badLabelsAreRefused() {
    assertThatThrownBy(() -> ConfusionMatrix.of(List.of(3), List.of(0), NAMES))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("true class");
    assertThatThrownBy(() -> ConfusionMatrix.of(TRUTH, List.of(0), NAMES))
        .hasMessage("6 true and 1 predicted classes");
    assertThatThrownBy(() -> new ConfusionMatrix(NAMES, List.of(1)))
        .hasMessage("1 counts of 3 classes");
  }

  @Test
  void logLossByHand() {
    // −(ln ½ + ln ¼) / 2 = 3/2 ln 2.
    Score score = LogLoss.of(List.of(0, 2), Doubles.asList(0.5, 0.3, 0.2, 0.25, 0.5, 0.25), 3);
    assertThat(value(score)).isCloseTo(1.0397207708399179, within(1e-15));
    Score binary = LogLoss.binary(List.of(1, 0), Doubles.asList(0.5, 0.75));
    assertThat(value(binary)).isCloseTo(1.0397207708399179, within(1e-15));
  }

  @Test
  void anInfiniteLogLossIsSaid() {
    assertThat(LogLoss.of(List.of(0, 1), Doubles.asList(1, 0, 1, 0), 2))
        .isEqualTo(
            new Score.Undefined("infinite: the true class of row 1 was given probability 0"));
    assertThat(LogLoss.binary(List.of(0), Doubles.asList(1)).number()).isEmpty();
    assertThat(value(LogLoss.of(List.of(0), Doubles.asList(1, 0), 2))).isZero();
    assertThat(LogLoss.of(List.of(), Doubles.asList(), 2))
        .isEqualTo(new Score.Undefined("no rows"));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> LogLoss.binary(List.of(1), Doubles.asList(p)))
          .hasMessage("row 0: " + p + " is no probability");
    }
    assertThatThrownBy(() -> LogLoss.of(List.of(1), Doubles.asList(1), 2))
        .hasMessage("1 probabilities for 1 rows of 2 classes");
    assertThatThrownBy(() -> new Score.Defined(Double.NaN)).hasMessage("a score of NaN");
  }
}
