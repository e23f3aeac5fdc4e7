package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final int[] LABELS = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
  private static final int[] PREDICTIONS = {0, 0, 0, 1, 1, 1, 0, 2, 0, 1};
  private static final int[][] CONFUSION = EvaluationFormulas.confusion(LABELS, PREDICTIONS, 4);

  @Test
  @DisplayName("F-EVAL-01 the confusion matrix has the true classes as rows")
  void confusion() {
    assertThat(CONFUSION)
        .isDeepEqualTo(new int[][] {{3, 1, 0, 0}, {1, 2, 0, 0}, {1, 1, 1, 0}, {0, 0, 0, 0}});
    assertThat(CONFUSION[2][0])
        .as("not symmetric, so a transposed one is seen")
        .isNotEqualTo(CONFUSION[0][2]);
  }

  @Test
  @DisplayName("F-EVAL-02 accuracy is the share of right rows")
  void accuracy() {
    int right = 0;
    for (int i = 0; i < LABELS.length; i++) {
      right += LABELS[i] == PREDICTIONS[i] ? 1 : 0;
    }
    assertThat(EvaluationFormulas.accuracy(CONFUSION)).isEqualTo(right / 10.0).isEqualTo(0.6);
  }

  @Test
  @DisplayName("F-EVAL-03 precision is the share of right ones among those predicted as the class")
  void precision() {
    assertThat(EvaluationFormulas.precision(CONFUSION, 0)).isEqualTo(0.6);
    assertThat(EvaluationFormulas.precision(CONFUSION, 1)).isEqualTo(0.5);
    assertThat(EvaluationFormulas.precision(CONFUSION, 2)).isEqualTo(1);
    assertThat(EvaluationFormulas.precision(CONFUSION, 3)).as("none predicted").isNaN();
  }

  @Test
  @DisplayName("F-EVAL-04 recall is the share of right ones among those of the class")
  void recall() {
    assertThat(EvaluationFormulas.recall(CONFUSION, 0)).isEqualTo(0.75);
    assertThat(EvaluationFormulas.recall(CONFUSION, 1)).isCloseTo(2.0 / 3, within(1e-16));
    assertThat(EvaluationFormulas.recall(CONFUSION, 2)).isCloseTo(1.0 / 3, within(1e-16));
    assertThat(EvaluationFormulas.recall(CONFUSION, 3)).as("no rows").isNaN();
  }

  @Test
  @DisplayName(
      "F-EVAL-05 a polynomial through every training row has no error there and a large one on rows kept apart")
  void separateSet() {
    double[] x = new double[9];
    double[] y = new double[9];
    double[] xTest = new double[8];
    double[] yTest = new double[8];
    for (int i = 0; i < 9; i++) {
      x[i] = -1 + i / 4.0;
      y[i] = x[i] + (i % 2 == 0 ? 0.3 : -0.3);
    }
    for (int i = 0; i < 8; i++) {
      xTest[i] = x[i] + 0.125;
      yTest[i] = xTest[i];
    }
    double[] wiggly = LeastSquares.polynomial(x, y, 8).coefficients();
    double[] straight = LeastSquares.polynomial(x, y, 1).coefficients();
    assertThat(meanSquare(wiggly, x, y)).isLessThan(1e-20);
    assertThat(meanSquare(straight, x, y)).isGreaterThan(meanSquare(wiggly, x, y));
    assertThat(meanSquare(wiggly, xTest, yTest)).isGreaterThan(meanSquare(straight, xTest, yTest));
  }

  private static double meanSquare(double[] theta, double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double h = 0;
      for (int j = theta.length - 1; j >= 0; j--) {
        h = h * x[i] + theta[j];
      }
      sum += (h - y[i]) * (h - y[i]);
    }
    return sum / x.length;
  }
}
