package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Each test shows that what files 002 and 003 print is wrong, and that what the page of formulas
 * has instead is right.
 */
class SlipsOfFiles002And003Test {
  private static final double[][] BITS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  @Test
  @DisplayName(
      "S-002-1 δ = a − y for the cross entropy; y − a belongs to the cost that lacks its minus")
  void signOfDelta() {
    double z = 0.4;
    double y = 1;
    double a = 1 / (1 + Math.exp(-z));
    CostTerm.ElementwiseCrossEntropy cost = new CostTerm.ElementwiseCrossEntropy();
    double slope = Trials.slope(s -> cost.value(1 / (1 + Math.exp(-s)), y), z);
    assertThat(slope).as("right").isCloseTo(a - y, within(1e-10));
    assertThat(slope).as("printed").isNotCloseTo(y - a, within(0.5));
    double withoutMinus = Trials.slope(s -> -cost.value(1 / (1 + Math.exp(-s)), y), z);
    assertThat(withoutMinus).as("the slide's own cost(i)").isCloseTo(y - a, within(1e-10));
  }

  @Test
  @DisplayName("S-002-2 beside λ/(2m) Σ W² stands λ/m W, not λ W")
  void penalty() {
    double[][] w = {{1, -2}, {0.5, 3}};
    double[][] slopes = Trials.slopes(v -> PenaltyFormulas.l2(v, 0.6, 5), w);
    double[][] printed = PenaltyFormulas.l2Gradient(w, 0.6, 1);
    assertThat(Trials.difference(printed, slopes))
        .as("printed: m times too large")
        .isCloseTo(0.8, within(1e-9));
    assertThat(Trials.difference(PenaltyFormulas.l2Gradient(w, 0.6, 5), slopes))
        .as("right")
        .isLessThan(1e-10);
  }

  @Test
  @DisplayName("S-002-3 δ² = W δ³ alone is not ∂C/∂z²: the factor φ' is missing")
  void missingSlope() {
    Random random = Trials.random(71);
    Elementwise.Logistic logistic = new Elementwise.Logistic();
    List<DenseLayer> net = Trials.net(random, new int[] {2, 3, 2}, logistic, logistic);
    double[][] x = Trials.matrix(random, 1, 2);
    double[][] y = {{1, 0}};
    Cost cost = Cost.elementwiseCrossEntropy(CostReduction.SUM);
    Backpropagation passes = Backpropagation.of(net, cost, x, y);
    double[][] z2 = passes.layers().getFirst().preActivation();
    double[][] slopes =
        Trials.slopes(
            z -> cost.value(net.getLast().activation(OutputLayer.values(logistic, z)), y), z2);
    double[][] printed =
        Matrices.product(passes.layers().getLast().delta(), net.getLast().weights());
    assertThat(Trials.difference(printed, slopes)).as("printed").isGreaterThan(0.5);
    double[][] right = {logistic.pullback(z2[0], printed[0])};
    assertThat(Trials.difference(right, slopes)).as("right").isLessThan(1e-9);
    assertThat(Trials.difference(passes.layers().getFirst().delta(), slopes)).isLessThan(1e-9);
  }

  @Test
  @DisplayName("S-002-4 η too small is slow and never overshoots; η too large does")
  void learningRate() {
    double small = DescentFormulas.descend(x -> 2 * x, 1, 0.001, 100);
    assertThat(small).as("slow, on the same side").isGreaterThan(0.8).isLessThan(1);
    double previous = 1;
    for (int steps = 1; steps <= 100; steps++) {
      double x = DescentFormulas.descend(v -> 2 * v, 1, 0.001, steps);
      assertThat(x).as("printed: overshooting").isPositive().isLessThan(previous);
      previous = x;
    }
    assertThat(DescentFormulas.descend(x -> 2 * x, 1, 0.9, 1))
        .as("too large: past the minimum")
        .isNegative();
    assertThat(Math.abs(DescentFormulas.descend(x -> 2 * x, 1, 1.2, 50)))
        .as("and away")
        .isGreaterThan(1e6);
  }

  @Test
  @DisplayName(
      "S-002-5 with 1 + Σ(j=1..K) underneath the probabilities do not sum to 1; with 1 + Σ(j<K) or Σ(j=1..K) they do")
  void denominator() {
    double[] z = {0.4, -1, 0.7};
    double sum = Math.exp(0.4) + Math.exp(-1) + Math.exp(0.7);
    double printed = 0;
    for (double zi : z) {
      printed += Math.exp(zi) / (1 + sum);
    }
    assertThat(printed).isLessThan(0.85);
    double[][] k = {{0.4}, {-1}, {0.7}};
    double[][] reduced = {{0.4}, {-1}};
    assertThat(total(SoftmaxRegressionFormulas.probabilities(k, new double[0])))
        .isCloseTo(1, within(1e-15));
    assertThat(total(SoftmaxRegressionFormulas.reducedProbabilities(reduced, new double[0])))
        .isCloseTo(1, within(1e-15));
  }

  private static double total(double[] values) {
    double total = 0;
    for (double value : values) {
      total += value;
    }
    return total;
  }

  @Test
  @DisplayName("S-003-1 tanh reaches below 0: its range is (−1, 1)")
  void rangeOfTanh() {
    Elementwise tanh = new Elementwise.Tanh();
    assertThat(tanh.valueAt(-1)).as("printed: in (0, 1)").isNegative();
    assertThat(tanh.valueAt(-15)).isCloseTo(-1, within(1e-12)).isGreaterThanOrEqualTo(-1);
    assertThat(tanh.valueAt(15)).isCloseTo(1, within(1e-12)).isLessThanOrEqualTo(1);
  }

  @Test
  @DisplayName(
      "S-003-2 with x0 = −1 the biases of AND and OR are 1.5 and 0.5; the printed −1.5 and −0.5 fire always")
  void gates() {
    double[] w = {1, 1};
    int[] and = {0, 0, 0, 1};
    int[] or = {0, 1, 1, 1};
    for (int i = 0; i < 4; i++) {
      assertThat(PerceptronFormulas.heaviside(PerceptronFormulas.thresholdSignal(w, -1.5, BITS[i])))
          .as("printed")
          .isEqualTo(1);
      assertThat(PerceptronFormulas.heaviside(PerceptronFormulas.thresholdSignal(w, -0.5, BITS[i])))
          .as("printed")
          .isEqualTo(1);
      assertThat(PerceptronFormulas.heaviside(PerceptronFormulas.thresholdSignal(w, 1.5, BITS[i])))
          .isEqualTo(and[i]);
      assertThat(PerceptronFormulas.heaviside(PerceptronFormulas.thresholdSignal(w, 0.5, BITS[i])))
          .isEqualTo(or[i]);
    }
  }

  @Test
  @DisplayName(
      "S-003-3 the maximum of y − z without absolute value calls a far miss from below a good fit")
  void supremum() {
    double[][] y = {{-7, 0.1}};
    double[][] z = {{0, 0}};
    double printed = Math.max(y[0][0] - z[0][0], y[0][1] - z[0][1]);
    assertThat(printed).isEqualTo(0.1);
    assertThat(new Cost.Supremum().value(y, z)).isEqualTo(7);
    assertThat(new Cost.Supremum().value(z, y)).as("a distance is symmetric").isEqualTo(7);
  }

  @Test
  @DisplayName("S-003-4 σ_c(0) stays ½ for every c, while H(0) = 1")
  void limitAtZero() {
    for (double c : new double[] {1, 100, 1e8, 1e300}) {
      assertThat(new Elementwise.Logistic(c).valueAt(0)).isEqualTo(0.5);
    }
    assertThat(PerceptronFormulas.heaviside(0)).as("printed as the limit").isEqualTo(1);
    assertThat(new Elementwise.Logistic(1e8).valueAt(1e-3)).as("away from 0").isEqualTo(1);
  }

  @Test
  @DisplayName("S-003-5 where two entries tie the limit of softmax is ½ and ½, not e_k")
  void limitAtTies() {
    double[] tie = {2, 2, 1};
    double[] steep = new SoftmaxActivation(1e6).value(tie);
    assertThat(steep).as("not e_1, as printed").containsExactly(0.5, 0.5, 0);
    assertThat(SoftmaxActivation.limit(tie)).containsExactly(steep);
    assertThat(SoftmaxActivation.limit(new double[] {2, 3, 1}))
        .as("one arg max")
        .containsExactly(0, 1, 0);
  }

  @Test
  @DisplayName("S-003-6 ReLU has the slopes 0 and 1 on the two sides of 0, so no derivative there")
  void kink() {
    Elementwise relu = new Elementwise.Relu();
    double fromRight = NumericGradient.oneSided(relu::valueAt, 0, 1e-6);
    double fromLeft = NumericGradient.oneSided(relu::valueAt, 0, -1e-6);
    assertThat(fromRight).isEqualTo(1);
    assertThat(fromLeft).as("printed: H(0) = 1 from both sides").isZero();
    assertThat(relu.derivativeAt(0)).as("the engine's choice between them").isZero();
    Elementwise smooth = new Elementwise.Tanh();
    assertThat(NumericGradient.oneSided(smooth::valueAt, 0, -1e-6))
        .isCloseTo(NumericGradient.oneSided(smooth::valueAt, 0, 1e-6), within(1e-6));
  }

  @Test
  @DisplayName(
      "S-003-7 softmax nears the arg max, one-hot, however large the max; x·softmax(x) and log-sum-exp near the max")
  void smoothArgMax() {
    double[] x = {3, 50, -2};
    SoftmaxActivation softmax = new SoftmaxActivation();
    double[] s = softmax.value(x);
    assertThat(s)
        .as("printed: near the max")
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0, 1, 0);
    assertThat(Matrices.dot(x, s)).as("right: a smooth max").isCloseTo(50, within(1e-12));
    double logSumExp = x[1] - softmax.logarithm(x)[1];
    assertThat(logSumExp).isCloseTo(50, within(1e-12));
  }

  @Test
  @DisplayName("S-003-8 with the same weights dy changes with x, through φ'(s)")
  void sensitivityDependsOnInput() {
    double[][] w1 = {{1, -0.5}, {0.25, -1}};
    double[][] w2 = {{0.5, 2}};
    List<DenseLayer> net =
        List.of(
            new DenseLayer(w1, new double[] {0.1, -0.2}, new Elementwise.Tanh()),
            new DenseLayer(w2, new double[] {0.3}, new Elementwise.Logistic()));
    double[] dx = {1, -1};
    double here = Sensitivity.of(net, new double[] {0, 0}, dx)[0];
    double there = Sensitivity.of(net, new double[] {4, 3}, dx)[0];
    assertThat(there / here).as("printed: the same").isNotCloseTo(1, within(0.2));
    List<DenseLayer> linear =
        net.stream()
            .map(l -> new DenseLayer(l.weights(), l.bias(), new Elementwise.Identity()))
            .toList();
    assertThat(Sensitivity.of(linear, new double[] {4, 3}, dx)[0])
        .as("on the weights alone where φ' is constant")
        .isEqualTo(Sensitivity.of(linear, new double[] {0, 0}, dx)[0]);
  }

  @Test
  @DisplayName("S-003-9 a sum up to L, the number of layers, misses outputs: it goes up to d(L)")
  void upperLimit() {
    List<DenseLayer> net =
        Trials.net(
            Trials.random(73), new int[] {2, 3, 5}, new Elementwise.Tanh(), new Elementwise.Tanh());
    double[][] y = net.getLast().activation(net.getFirst().activation(new double[][] {{0.3, 0.4}}));
    double[][] z = new double[1][5];
    double upToLayers = 0;
    double upToWidth = 0;
    for (int j = 0; j < 5; j++) {
      double term = 0.5 * y[0][j] * y[0][j];
      upToLayers += j < net.size() ? term : 0;
      upToWidth += term;
    }
    double cost = Cost.halfSquaredError(CostReduction.SUM).value(y, z);
    assertThat(cost).as("right").isCloseTo(upToWidth, within(1e-15));
    assertThat(cost - upToLayers).as("printed").isGreaterThan(1e-3);
  }

  @Test
  @DisplayName(
      "S-003-10 a sum from k = 1 leaves the bias out of the signal and of its gradient: it starts at 0")
  void lowerLimit() {
    double[] x0 = {1, 0.5, -2}; // led by x0 = 1
    double[] w = {0.7, 2, 0.25}; // led by the bias
    double from1 = w[1] * x0[1] + w[2] * x0[2];
    double from0 = w[0] + from1;
    double[][] theta = {w};
    double[] a = BiasColumnFormulas.activation(theta, new double[] {0.5, -2});
    assertThat(a[0]).as("right").isCloseTo(1 / (1 + Math.exp(-from0)), within(1e-16));
    assertThat(a[0]).as("printed").isNotCloseTo(1 / (1 + Math.exp(-from1)), within(0.1));
  }

  @Test
  @DisplayName(
      "S-003-11 a sum over the very j that is held fixed gives every signal one value; the sum runs over the layer below")
  void boundIndex() {
    double[][] w = {{1, 10}, {100, 1000}}; // in x out
    double[] x = {2, 3};
    double overOutputs0 = w[0][0] * x[0] + w[0][1] * x[1]; // Σj w_ij x_j at i = 0
    double[] signal = TransposedFormulas.signal(w, new double[2], x);
    assertThat(signal).containsExactly(302, 3020);
    assertThat(overOutputs0).as("printed").isNotEqualTo(signal[0]);
    double[][] wanted =
        Trials.slopes(
            v -> TransposedFormulas.signal(w, new double[2], v[0])[1], new double[][] {x});
    assertThat(wanted[0])
        .as("∂s_j/∂x_i = w_ij")
        .usingComparatorWithPrecision(1e-8)
        .containsExactly(10, 1000);
  }

  @Test
  @DisplayName(
      "S-003-12 φ'(s) multiplies row by row, as diag φ'(s); multiplied as a vector into the product it is another number")
  void diagonal() {
    List<DenseLayer> net =
        Trials.net(
            Trials.random(74), new int[] {2, 2, 2}, new Elementwise.Tanh(), new Elementwise.Tanh());
    double[] x = {0.4, -0.3};
    double[] dx = {1, 2};
    double[] wanted = new double[2];
    for (int i = 0; i < 2; i++) {
      int output = i;
      double[] slopes = Trials.slopes((double[] v) -> output(net, v)[output], x);
      wanted[i] = slopes[0] * dx[0] + slopes[1] * dx[1];
    }
    double[] s1 = net.getFirst().preActivation(new double[][] {x})[0];
    double[] s2 = net.getLast().preActivation(net.getFirst().activation(new double[][] {x}))[0];
    double[] inner = product(net.getFirst().weights(), dx);
    // a row vector φ'(s) before a matrix sums over the neurons: one number in place of one per
    // neuron
    double summed = slope(s2[0]) * 1 + slope(s2[1]) * 1;
    double[] printed =
        product(
            net.getLast().weights(),
            new double[] {slope(s1[0]) * inner[0] + slope(s1[1]) * inner[1], 0});
    printed[0] *= summed;
    printed[1] *= summed;
    double[] diag =
        product(
            net.getLast().weights(),
            new double[] {slope(s1[0]) * inner[0], slope(s1[1]) * inner[1]});
    diag[0] *= slope(s2[0]);
    diag[1] *= slope(s2[1]);
    assertThat(Trials.difference(printed, wanted)).as("printed").isGreaterThan(0.1);
    assertThat(Trials.difference(diag, wanted)).as("right").isLessThan(1e-9);
    assertThat(Trials.difference(Sensitivity.of(net, x, dx), wanted)).isLessThan(1e-9);
  }

  private static double[] output(List<DenseLayer> net, double[] x) {
    return net.getLast().activation(net.getFirst().activation(new double[][] {x}))[0];
  }

  private static double slope(double s) {
    return 1 - Math.pow(Math.tanh(s), 2);
  }

  private static double[] product(double[][] w, double[] x) {
    return new double[] {w[0][0] * x[0] + w[0][1] * x[1], w[1][0] * x[0] + w[1][1] * x[1]};
  }
}
