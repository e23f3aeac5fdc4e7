package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The example of file 004; each S test shows that a printed value is wrong, and that the right one
 * is right.
 */
class WorkedExampleTest {
  /** ŷ by the definition of softmax. */
  private static final double SUM = Math.exp(0.8) + Math.exp(-2) + Math.exp(1.4);

  private static final double[] Y_HAT = {
    Math.exp(0.8) / SUM, Math.exp(-2) / SUM, Math.exp(1.4) / SUM
  };

  private static double crossEntropy(double[][] w, double[] b, boolean elementwise) {
    double[] e = new double[3];
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      e[i] = Math.exp(w[i][0] * 1 + w[i][1] * 3 + w[i][2] * 0 + b[i]);
      sum += e[i];
    }
    double cost = -Math.log(e[1] / sum);
    return elementwise ? cost - Math.log(1 - e[0] / sum) - Math.log(1 - e[2] / sum) : cost;
  }

  private static double[][] slopesByWeights() {
    return Trials.slopes(
        w -> crossEntropy(w, WorkedExample.bias(), false), WorkedExample.weights());
  }

  private static WorkedExample.Quantity quantity(String name) {
    return WorkedExample.quantities().stream()
        .filter(q -> q.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double cut(double value) {
    return (double) (long) (value * 100) / 100;
  }

  @Test
  @DisplayName(
      "F-EX-01 the true numbers are those of an independent forward pass and of difference quotients")
  void trueNumbers() {
    assertThat(quantity("z = W x + b").computed()[0])
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0.8, -2, 1.4);
    assertThat(quantity("ŷ = softmax(z)").computed()[0])
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(Y_HAT);
    assertThat(Trials.difference(quantity("∂C/∂W").computed(), slopesByWeights()))
        .isLessThan(1e-10);
    double[] biasSlopes =
        Trials.slopes(
            (double[] b) -> crossEntropy(WorkedExample.weights(), b, false), WorkedExample.bias());
    assertThat(Trials.difference(quantity("∂C/∂b").computed()[0], biasSlopes)).isLessThan(1e-10);
    double[][] step = quantity("W − ∂C/∂W").computed();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(step[i][j])
            .isCloseTo(WorkedExample.weights()[i][j] - slopesByWeights()[i][j], within(1e-10));
      }
      assertThat(quantity("b − ∂C/∂b").computed()[0][i])
          .isCloseTo(0.1 - biasSlopes[i], within(1e-10));
    }
    assertThat(crossEntropy(step, quantity("b − ∂C/∂b").computed()[0], false))
        .as("one step brings the cost down")
        .isLessThan(crossEntropy(WorkedExample.weights(), WorkedExample.bias(), false));
  }

  @Test
  @DisplayName("F-EX-01 the table prints published beside true, and names every slip")
  void table() {
    String table = WorkedExample.table();
    assertThat(table)
        .containsPattern(
            "ŷ = softmax\\(z\\) +0\\.34 +0\\.21 +0\\.63 +0\\.3469 +0\\.0211 +0\\.6320 +S-004-1 S-004-3\n");
    assertThat(table)
        .containsPattern(
            "element-wise cost +0\\.34 +-0\\.97 +0\\.63 +0\\.0979 +-1\\.0263 +0\\.9284 +S-004-6\n");
    List<String> named = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?m)^(S-004-\\d+) +printed").matcher(table);
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    assertThat(named)
        .containsExactly(
            "S-004-1",
            "S-004-2",
            "S-004-3",
            "S-004-4",
            "S-004-5",
            "S-004-6",
            "S-004-7",
            "S-004-8",
            "S-004-9",
            "S-004-10");
    assertThat(WorkedExample.quantities())
        .allSatisfy(q -> assertThat(named).containsAll(q.slips()));
    for (WorkedExample.Quantity q : WorkedExample.quantities()) {
      boolean agrees = true;
      for (int i = 0; i < q.published().length; i++) {
        for (int j = 0; j < q.published()[i].length; j++) {
          agrees &= Math.abs(q.published()[i][j] - q.computed()[i][j]) <= 0.005;
        }
      }
      assertThat(q.slips().isEmpty())
          .as(q.name() + " differs only where a slip is named")
          .isEqualTo(agrees);
    }
  }

  @Test
  @DisplayName(
      "S-004-1 softmax(0.8, −2, 1.4) is (0.3469, 0.0211, 0.6320); the printed (0.34, 0.21, 0.63) sums to 1.18")
  void softmax() {
    assertThat(Y_HAT).usingComparatorWithPrecision(5e-5).containsExactly(0.3469, 0.0211, 0.6320);
    assertThat(Y_HAT[0] + Y_HAT[1] + Y_HAT[2]).isCloseTo(1, within(1e-15));
    assertThat(0.34 + 0.21 + 0.63).as("printed").isCloseTo(1.18, within(1e-12));
    assertThat(new SoftmaxActivation().value(new double[] {0.8, -2, 1.4}))
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(Y_HAT);
  }

  @Test
  @DisplayName("S-004-2 0.21 − 1 is −0.79; the printed −0.97 comes from 0.0211 − 1 = −0.9789")
  void subtraction() {
    assertThat(0.21 - 1).as("printed").isNotCloseTo(-0.97, within(0.1));
    assertThat(cut(Y_HAT[1] - 1)).isEqualTo(-0.97);
    assertThat(quantity("δ = ŷ − y").computed()[0][1]).isCloseTo(-0.9789, within(5e-5));
  }

  @Test
  @DisplayName(
      "S-004-3 0.34, −0.97, −2.93 and 1.89 are cut after two places; rounded they are 0.35, −0.98, −2.94 and 1.90")
  void cutNotRounded() {
    double[] values = {Y_HAT[0], Y_HAT[1] - 1, 3 * (Y_HAT[1] - 1), 3 * Y_HAT[2]};
    double[] printed = {0.34, -0.97, -2.93, 1.89};
    double[] rounded = {0.35, -0.98, -2.94, 1.90};
    for (int i = 0; i < 4; i++) {
      assertThat(cut(values[i])).isEqualTo(printed[i]);
      assertThat(Math.round(values[i] * 100) / 100.0)
          .isEqualTo(rounded[i])
          .isNotEqualTo(printed[i]);
    }
  }

  @Test
  @DisplayName(
      "S-004-4 the printed ∂C/∂W is the transpose of the slopes of C by W, which δᵀ x gives")
  void transposedGradient() {
    double[][] printed = quantity("∂C/∂W").published();
    double[][] slopes = slopesByWeights();
    assertThat(Trials.difference(printed, slopes)).as("printed").isGreaterThan(0.5);
    assertThat(Trials.difference(Matrices.transpose(printed), slopes))
        .as("turned, up to the cut digits")
        .isLessThan(0.01);
    double[] x = WorkedExample.input();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double delta = Y_HAT[i] - WorkedExample.target()[i];
        assertThat(quantity("∂C/∂W").computed()[i][j])
            .as("right")
            .isCloseTo(delta * x[j], within(1e-15));
      }
    }
  }

  @Test
  @DisplayName(
      "S-004-5 subtracting the transposed matrix from W goes astray: the cost ends higher than by the right step")
  void transposedStep() {
    double[] b = quantity("b − ∂C/∂b").computed()[0];
    double[][] printed = quantity("W − ∂C/∂W").published();
    double[][] right = quantity("W − ∂C/∂W").computed();
    double[][] w = WorkedExample.weights();
    double[][] printedGradient = quantity("∂C/∂W").published();
    double[][] followed = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        followed[i][j] = w[i][j] - printedGradient[i][j];
      }
    }
    assertThat(Trials.difference(printed, followed))
        .as("what was printed is that difference")
        .isLessThan(0.01);
    assertThat(Trials.difference(printed, right)).isGreaterThan(0.1);
    assertThat(crossEntropy(right, b, false)).isLessThan(crossEntropy(printed, b, false));
    assertThat(crossEntropy(right, b, false)).isLessThan(0.001);
  }

  @Test
  @DisplayName(
      "S-004-6 under the element-wise cost softmax has (0.0979, −1.0263, 0.9284), not ŷ − y; twice ŷ − y for two classes")
  void elementwiseCost() {
    double[] slopes =
        Trials.slopes(
            (double[] b) -> crossEntropy(WorkedExample.weights(), b, true), WorkedExample.bias());
    assertThat(slopes).usingComparatorWithPrecision(5e-5).containsExactly(0.0979, -1.0263, 0.9284);
    assertThat(WorkedExample.elementwiseDelta())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(slopes);
    double[] claimed = {Y_HAT[0], Y_HAT[1] - 1, Y_HAT[2]};
    assertThat(Trials.difference(claimed, slopes)).as("printed").isGreaterThan(0.2);

    double[][] z = {{0.3, -0.9}};
    double[][] y = {{0, 1}};
    double[][] delta =
        OutputLayer.delta(
            new SoftmaxActivation(), Cost.elementwiseCrossEntropy(CostReduction.SUM), z, y);
    double first = Math.exp(0.3) / (Math.exp(0.3) + Math.exp(-0.9));
    assertThat(delta[0][0]).isCloseTo(2 * first, within(1e-14));
    assertThat(delta[0][1]).isCloseTo(2 * (1 - first - 1), within(1e-14));
    double[][] categorical =
        OutputLayer.delta(
            new SoftmaxActivation(), Cost.categoricalCrossEntropy(CostReduction.SUM), z, y);
    assertThat(categorical[0][0]).as("where the identity holds").isCloseTo(first, within(1e-15));
  }

  @Test
  @DisplayName("S-004-7 ∂z/∂w is x, and ∂C/∂w is δ x")
  void derivativeByWeight() {
    double[] x = WorkedExample.input();
    double[] z2 =
        Trials.slopes(
            (double[] w) -> w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + 0.1,
            WorkedExample.weights()[1]);
    assertThat(z2).as("∂z/∂w").usingComparatorWithPrecision(1e-9).containsExactly(x);
    double[] cost = slopesByWeights()[1];
    assertThat(Trials.difference(cost, x)).as("printed").isGreaterThan(1);
    double delta = Y_HAT[1] - 1;
    assertThat(cost)
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(delta * x[0], delta * x[1], delta * x[2]);
  }

  @Test
  @DisplayName("S-004-8 ∂z/∂b is 1, and ∂C/∂b is δ")
  void derivativeByBias() {
    double[] slopes =
        Trials.slopes(
            (double[] b) -> crossEntropy(WorkedExample.weights(), b, false), WorkedExample.bias());
    assertThat(Trials.difference(slopes, new double[] {1, 1, 1})).as("printed").isGreaterThan(0.5);
    assertThat(slopes)
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(Y_HAT[0], Y_HAT[1] - 1, Y_HAT[2]);
    double[][] z =
        new DenseLayer(
                WorkedExample.weights(), new double[] {1.1, 1.1, 1.1}, new SoftmaxActivation())
            .preActivation(new double[][] {WorkedExample.input()});
    assertThat(z[0]).as("∂z/∂b").usingComparatorWithPrecision(1e-14).containsExactly(1.8, -1, 2.4);
  }

  @Test
  @DisplayName(
      "S-004-9 with two samples ∂C/∂z of each is its own (ŷ − y)/n; the sum appears with w and b")
  void sumOverSamples() {
    double[][] z = {{0.8, -2, 1.4}, {0.5, 1, -1}};
    double[][] y = {{0, 1, 0}, {1, 0, 0}};
    SoftmaxActivation softmax = new SoftmaxActivation();
    Cost cost = Cost.categoricalCrossEntropy(CostReduction.MEAN_OVER_SAMPLES);
    double[][] slopes = Trials.slopes(v -> cost.value(OutputLayer.values(softmax, v), y), z);
    double[][] own = new double[2][3];
    double[] summed = new double[3];
    for (int i = 0; i < 2; i++) {
      double[] s = softmax.value(z[i]);
      for (int j = 0; j < 3; j++) {
        own[i][j] = (s[j] - y[i][j]) / 2;
        summed[j] += own[i][j];
      }
    }
    assertThat(Trials.difference(own, slopes)).as("right").isLessThan(1e-10);
    assertThat(Trials.difference(new double[][] {summed, summed}, slopes))
        .as("printed")
        .isGreaterThan(0.3);
    double[] bias =
        Trials.slopes(
            (double[] b) -> {
              double[][] shifted = Matrices.copy(z);
              for (double[] row : shifted) {
                for (int j = 0; j < 3; j++) {
                  row[j] += b[j];
                }
              }
              return cost.value(OutputLayer.values(softmax, shifted), y);
            },
            new double[3]);
    assertThat(Trials.difference(summed, bias)).as("where the sum belongs").isLessThan(1e-10);
  }

  @Test
  @DisplayName(
      "S-004-10 the printed step is that of η = 1; another η goes another way along the same gradient")
  void learningRate() {
    assertThat(WorkedExample.learningRate()).isEqualTo(1);
    double[] gradient = quantity("∂C/∂b").computed()[0];
    double[] printed = quantity("b − ∂C/∂b").published()[0];
    assertThat(DescentFormulas.step(WorkedExample.bias(), gradient, 1))
        .usingComparatorWithPrecision(0.01)
        .containsExactly(printed);
    double[] tenth = DescentFormulas.step(WorkedExample.bias(), gradient, 0.1);
    assertThat(Trials.difference(tenth, printed))
        .as("without η none but 1 is meant")
        .isGreaterThan(0.5);
    assertThat(tenth[1]).isCloseTo(0.1 + 0.1 * 0.9789, within(1e-5));
  }
}
