package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final double[][] A = {{0.5, 0.25}, {0.8, 0.1}, {0.6, 0.9}};
  private static final double[][] T = {{1, 0}, {0, 1}, {1, 1}};

  private static void assertGradient(Cost cost, double[][] a, double[][] t) {
    double[][] expected = Trials.slopes(x -> cost.value(x, t), a);
    assertThat(Trials.difference(cost.gradient(a, t), expected)).isLessThan(1e-10);
    double[][] doubled = Matrices.copy(cost.gradient(a, t));
    for (double[] row : doubled) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= 2;
      }
    }
    assertThat(Trials.difference(doubled, expected)).as("a factor 2 is seen").isGreaterThan(0.1);
    double[][] scale = cost.gradientScale(a, t);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        assertThat(scale[i][j])
            .isGreaterThanOrEqualTo(Math.abs(cost.gradient(a, t)[i][j]) * (1 - 1e-12));
      }
    }
  }

  private static double[][] delta(Activation activation, Cost cost, double[][] z, double[][] t) {
    return OutputLayer.delta(activation, cost, z, t);
  }

  @Test
  @DisplayName("F-COST-01 half squared error of one sample, with δL = φ'(ZL) ⊙ (AL − T)")
  void halfSquaredError() {
    Cost cost = Cost.halfSquaredError(CostReduction.SUM);
    // by hand: ½ (0.25 + 0.0625)
    assertThat(cost.value(new double[][] {{0.5, 0.25}}, new double[][] {{1, 0}}))
        .isEqualTo(0.15625);
    assertGradient(cost, A, T);
    double[][] z = {{0.3, -1.2}};
    double[][] t = {{1, 0}};
    double[][] delta = delta(new Elementwise.Logistic(), cost, z, t);
    for (int j = 0; j < 2; j++) {
      double a = 1 / (1 + Math.exp(-z[0][j]));
      assertThat(delta[0][j]).isCloseTo(a * (1 - a) * (a - t[0][j]), within(1e-16));
    }
  }

  @Test
  @DisplayName(
      "F-COST-02 the mean over a mini-batch is the sum of its samples' costs, cost and delta divided by α")
  void miniBatch() {
    Cost sum = Cost.halfSquaredError(CostReduction.SUM);
    Cost mean = Cost.halfSquaredError(CostReduction.MEAN_OVER_SAMPLES);
    double total = 0;
    for (int i = 0; i < 3; i++) {
      total += sum.value(new double[][] {A[i]}, new double[][] {T[i]});
    }
    assertThat(mean.value(A, T)).isCloseTo(total / 3, within(1e-16));
    double[][] z = {{0.3, -1.2}, {0.1, 0.2}, {2, -2}};
    double[][] batch = delta(new Elementwise.Tanh(), mean, z, T);
    for (int i = 0; i < 3; i++) {
      double[][] alone =
          delta(new Elementwise.Tanh(), sum, new double[][] {z[i]}, new double[][] {T[i]});
      assertThat(batch[i][0]).isCloseTo(alone[0][0] / 3, within(1e-16));
      assertThat(batch[i][1]).isCloseTo(alone[0][1] / 3, within(1e-16));
    }
  }

  @Test
  @DisplayName("F-COST-03 mean squared error divides by n k, and its derivative is 2 (a − t)/(n k)")
  void meanSquaredError() {
    Cost cost = Cost.meanSquaredError();
    // by hand: (0.25 + 0.0625 + 0.64 + 0.81 + 0.16 + 0.01) / 6
    assertThat(cost.value(A, T)).isCloseTo(1.9325 / 6, within(1e-15));
    assertThat(cost.gradient(A, T)[1][0]).isCloseTo(2 * 0.8 / 6, within(1e-15));
    assertGradient(cost, A, T);
  }

  @Test
  @DisplayName("F-COST-04 mean absolute error, with sign(a − t)/(n k) and 0 at a tie")
  void meanAbsoluteError() {
    Cost cost = Cost.meanAbsoluteError();
    assertThat(cost.value(A, T)).isCloseTo((0.5 + 0.25 + 0.8 + 0.9 + 0.4 + 0.1) / 6, within(1e-15));
    assertGradient(cost, A, T);
    double[][] tie = {{1, 0.5}};
    assertThat(cost.gradient(tie, new double[][] {{1, 0}})[0]).containsExactly(0, 0.5);
  }

  @Test
  @DisplayName("F-COST-05 squared Euclidean distance, with 2 (f − z)")
  void squaredDistance() {
    Cost cost = Cost.squaredDistance(CostReduction.SUM);
    assertThat(cost.value(A, T)).isCloseTo(1.9325, within(1e-15));
    assertGradient(cost, A, T);
  }

  @Test
  @DisplayName(
      "F-COST-06 the integral of (f − ψ)² over [0, 1]: 1/30 for x against x², ½ for sin 2πx against 0")
  void squaredDistanceOfFunctions() {
    assertThat(FunctionDistance.squared(x -> x, x -> x * x, 400))
        .isCloseTo(1.0 / 30, within(1e-11));
    assertThat(FunctionDistance.squared(x -> Math.sin(2 * Math.PI * x), x -> 0, 100))
        .isCloseTo(0.5, within(1e-12));
    assertThat(FunctionDistance.squared(x -> 3 * x + 1, x -> x, 1))
        .isCloseTo((8.0 / 3 + 4.0 + 2.0) / 2, within(1e-13));
  }

  @Test
  @DisplayName("F-COST-07 supremum, with the sign at the arg max, shared by ties")
  void supremum() {
    Cost cost = new Cost.Supremum();
    assertThat(cost.value(A, T)).isCloseTo(0.9, within(1e-16));
    assertGradient(cost, A, T);
    assertThat(cost.gradient(new double[][] {{2, 0, -1}}, new double[][] {{0, 0, 1}})[0])
        .containsExactly(0.5, 0, -0.5);
    assertThat(cost.gradient(new double[][] {{1, 1}}, new double[][] {{1, 1}})[0])
        .containsExactly(0, 0);
  }

  @Test
  @DisplayName("F-COST-08 the supremum over [0, 1]: ¼ for x against x², at ½")
  void supremumOfFunctions() {
    assertThat(FunctionDistance.supremum(x -> x, x -> x * x, 100)).isCloseTo(0.25, within(1e-15));
    assertThat(FunctionDistance.supremum(x -> x * x, x -> x, 100))
        .as("also from below")
        .isCloseTo(0.25, within(1e-15));
    assertThatThrownBy(() -> FunctionDistance.supremum(x -> x, x -> x, 0))
        .hasMessageContaining("intervals is 0");
  }

  @Test
  @DisplayName("F-COST-09 hinge, with −t inside the margin and 0 outside")
  void hinge() {
    Cost cost = Cost.hinge(CostReduction.SUM);
    double[][] z = {{0.3, 2}, {-0.5, -3}};
    double[][] t = {{1, 1}, {1, -1}};
    assertThat(cost.value(z, t)).isCloseTo(0.7 + 0 + 1.5 + 0, within(1e-15));
    assertThat(cost.gradient(z, t)).isDeepEqualTo(new double[][] {{-1, 0}, {-1, 0}});
    assertGradient(cost, z, t);
  }

  @Test
  @DisplayName(
      "F-COST-12 element-wise cross entropy of a sigmoid output has δL = c (ŷ − y)/n and stays finite when saturated")
  void elementwiseCrossEntropy() {
    Cost cost = Cost.elementwiseCrossEntropy(CostReduction.MEAN_OVER_SAMPLES);
    double byHand = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        byHand -= T[i][j] * Math.log(A[i][j]) + (1 - T[i][j]) * Math.log(1 - A[i][j]);
      }
    }
    assertThat(cost.value(A, T)).isCloseTo(byHand / 3, within(1e-15));
    assertGradient(cost, A, T);
    for (double c : new double[] {1, 2.5}) {
      Elementwise.Logistic logistic = new Elementwise.Logistic(c);
      double[][] z = {{0.3, -1.2}, {0.1, 0.2}, {2, -2}};
      double[][] expected = new double[3][2];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 2; j++) {
          expected[i][j] = c * (logistic.valueAt(z[i][j]) - T[i][j]) / 3;
        }
      }
      assertThat(Trials.difference(delta(logistic, cost, z, T), expected)).isLessThan(1e-15);
      // the long way round, φ'(z) ⊙ ∂C/∂a, is the same
      double[][] gradient = cost.gradient(OutputLayer.values(logistic, z), T);
      for (int i = 0; i < 3; i++) {
        assertThat(logistic.pullback(z[i], gradient[i]))
            .usingComparatorWithPrecision(1e-15)
            .containsExactly(expected[i]);
      }
      assertThat(OutputLayer.cost(logistic, cost, z, T))
          .isCloseTo(cost.value(OutputLayer.values(logistic, z), T), within(1e-14));
    }
    double[][] saturated = {{800}};
    double[][] zero = {{0}};
    assertThat(OutputLayer.cost(new Elementwise.Logistic(), cost, saturated, zero)).isEqualTo(800);
  }

  @Test
  @DisplayName(
      "F-COST-13 categorical cross entropy of softmax has δL = c (ŷ Σ y − y)/n, which is (ŷ − y)/n for targets that sum to 1")
  void categoricalCrossEntropy() {
    Cost cost = Cost.categoricalCrossEntropy(CostReduction.MEAN_OVER_SAMPLES);
    assertThat(cost.value(A, T))
        .isCloseTo(
            -(Math.log(0.5) + Math.log(0.1) + Math.log(0.6) + Math.log(0.9)) / 3, within(1e-15));
    assertGradient(cost, A, T);
    double[][] z = {{0.3, -1.2}, {0.1, 0.2}, {2, -2}};
    for (double c : new double[] {1, 0.4}) {
      SoftmaxActivation softmax = new SoftmaxActivation(c);
      double[][] delta = delta(softmax, cost, z, T);
      for (int i = 0; i < 3; i++) {
        double[] s = softmax.value(z[i]);
        for (int j = 0; j < 2; j++) {
          double weight = T[i][0] + T[i][1];
          assertThat(delta[i][j]).isCloseTo(c * (weight * s[j] - T[i][j]) / 3, within(1e-16));
        }
      }
      // the last row's targets sum to 2: there ŷ − y is not the delta
      assertThat(Math.abs(delta[2][0] - c * (softmax.value(z[2])[0] - T[2][0]) / 3))
          .isGreaterThan(0.1);
      double[][] slopes = Trials.slopes(x -> cost.value(OutputLayer.values(softmax, x), T), z);
      assertThat(Trials.difference(delta, slopes)).isLessThan(1e-10);
      assertThat(OutputLayer.cost(softmax, cost, z, T))
          .isCloseTo(cost.value(OutputLayer.values(softmax, z), T), within(1e-14));
    }
    assertThat(
            OutputLayer.cost(
                new SoftmaxActivation(), cost, new double[][] {{0, 900}}, new double[][] {{1, 0}}))
        .isEqualTo(900);
  }

  @Test
  @DisplayName(
      "F-COST-14 softmax under element-wise cross entropy and under squared errors goes through the whole Jacobian")
  void softmaxUnderOtherCosts() {
    double[][] z = {{0.8, -2, 1.4}, {0.1, 0.5, -0.3}};
    double[][] t = {{0, 1, 0}, {1, 0, 0}};
    SoftmaxActivation softmax = new SoftmaxActivation(1.2);
    for (Cost cost :
        List.of(
            Cost.elementwiseCrossEntropy(CostReduction.MEAN_OVER_SAMPLES),
            Cost.halfSquaredError(CostReduction.SUM),
            Cost.meanSquaredError(),
            Cost.meanAbsoluteError())) {
      double[][] delta = delta(softmax, cost, z, t);
      assertThat(
              Trials.difference(
                  delta, Trials.slopes(x -> cost.value(OutputLayer.values(softmax, x), t), z)))
          .isLessThan(1e-10);
      double[][] diagonalOnly = new double[2][3];
      double[][] g = cost.gradient(OutputLayer.values(softmax, z), t);
      for (int i = 0; i < 2; i++) {
        double[][] jacobian = softmax.jacobian(z[i]);
        for (int j = 0; j < 3; j++) {
          double whole = 0;
          for (int k = 0; k < 3; k++) {
            whole += jacobian[k][j] * g[i][k];
          }
          assertThat(delta[i][j]).isCloseTo(whole, within(1e-15));
          diagonalOnly[i][j] = jacobian[j][j] * g[i][j];
        }
      }
      assertThat(Trials.difference(diagonalOnly, delta))
          .as("the diagonal alone is wrong")
          .isGreaterThan(0.05);
    }
  }

  @Test
  @DisplayName(
      "F-COST-16 the K − 1 cross entropy has −t/p + t_K/p_K by its probabilities, and (p − t) through the Jacobian")
  void reducedCrossEntropy() {
    double[][] p = {{0.5, 0.25}, {0.3, 0.1}, {0.2, 0.7}};
    double[][] t = {{1, 0}, {0, 0}, {0.25, 0.5}};
    Cost cost = new Cost.ReducedCategoricalCrossEntropy(CostReduction.SUM);
    double byHand =
        -Math.log(0.5)
            - Math.log(0.6)
            - 0.25 * Math.log(0.2)
            - 0.5 * Math.log(0.7)
            - 0.25 * Math.log(0.1);
    assertThat(cost.value(p, t)).isCloseTo(byHand, within(1e-14));
    assertGradient(cost, p, t);
    ReducedSoftmax softmax = new ReducedSoftmax();
    double[][] z = {{0.3, -1.2}, {0.1, 0.2}, {2, -2}};
    double[][] probabilities = OutputLayer.values(softmax, z);
    double[][] gradient = cost.gradient(probabilities, t);
    double[][] delta = delta(softmax, cost, z, t);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        assertThat(delta[i][j]).isCloseTo(probabilities[i][j] - t[i][j], within(1e-16));
        assertThat(softmax.pullback(z[i], gradient[i])[j]).isCloseTo(delta[i][j], within(1e-14));
      }
    }
  }

  @Test
  @DisplayName("F-COST-19 Huber and Kullback–Leibler")
  void furtherCosts() {
    Cost huber = new Cost.Summed(new CostTerm.Huber(0.45), CostReduction.SUM);
    assertThat(huber.value(new double[][] {{0.3, 2}}, new double[][] {{0, 0}}))
        .isCloseTo(0.045 + 0.45 * 1.775, within(1e-15));
    assertGradient(huber, A, T);
    Cost kl = new Cost.Summed(new CostTerm.KullbackLeibler(), CostReduction.SUM);
    double[][] t = {{0.2, 0.8}, {1, 0}, {0.5, 0.5}};
    assertThat(kl.value(t, t)).isZero();
    assertThat(kl.value(A, t) - Cost.categoricalCrossEntropy(CostReduction.SUM).value(A, t))
        .as("less the entropy of the targets")
        .isCloseTo(0.2 * Math.log(0.2) + 0.8 * Math.log(0.8) + Math.log(0.5), within(1e-15));
    assertGradient(kl, A, t);
  }

  @Test
  @DisplayName("shapes that do not fit are refused by their names and sizes")
  void shapes() {
    assertThatThrownBy(() -> Cost.meanSquaredError().value(A, new double[][] {{1, 0}}))
        .hasMessage("outputs is 3 x 2 but targets is 1 x 2; the same shape is expected");
    assertThatThrownBy(() -> Cost.meanSquaredError().value(new double[][] {{1, 2}, {1}}, T))
        .hasMessage("outputs is ragged: row 0 has 2 columns and row 1 has 1");
    assertThatThrownBy(() -> new DenseLayer(A, new double[2], new Elementwise.Tanh()))
        .hasMessage("the length of the bias is 2, expected 3");
  }
}
