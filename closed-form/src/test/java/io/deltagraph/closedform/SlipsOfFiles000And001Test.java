package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.closedform.PerceptronFormulas.Neuron;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Each test shows that what files 000 and 001 print is wrong, and that what the page of formulas
 * has instead is right.
 */
class SlipsOfFiles000And001Test {
  private static final Elementwise.Logistic LOGISTIC = new Elementwise.Logistic();

  @Test
  @DisplayName("S-000-1 ½ ‖a − t‖ is not ½ Σ (a − t)²: 2.5 against 12.5 for a distance of 5")
  void squareOfTheNorm() {
    double[][] a = {{3, 4}};
    double[][] t = {{0, 0}};
    double norm = Math.hypot(3, 4);
    assertThat(0.5 * norm).as("printed").isEqualTo(2.5);
    assertThat(Cost.halfSquaredError(CostReduction.SUM).value(a, t))
        .as("right")
        .isEqualTo(0.5 * norm * norm)
        .isEqualTo(12.5);
    double[][] printedSlope = Trials.slopes(x -> 0.5 * Math.hypot(x[0][0], x[0][1]), a);
    double[][] wanted = {{3, 4}};
    assertThat(Trials.difference(printedSlope, wanted))
        .as("printed: the derivative is not a − t")
        .isGreaterThan(0.5);
    assertThat(Cost.halfSquaredError(CostReduction.SUM).gradient(a, t))
        .as("right")
        .isDeepEqualTo(wanted);
  }

  @Test
  @DisplayName("S-000-2 (½ (a − t))² has the derivative ½ (a − t); ½ (a − t)² has a − t")
  void bracket() {
    double t = 0.25;
    DoubleUnaryOperator printed = a -> Math.pow(0.5 * (a - t), 2);
    DoubleUnaryOperator right = a -> 0.5 * Math.pow(a - t, 2);
    assertThat(Trials.slope(printed, 1)).isCloseTo(0.375, within(1e-10));
    assertThat(Trials.slope(right, 1)).isCloseTo(0.75, within(1e-10));
    assertThat(new CostTerm.HalfSquaredError().slope(1, t)).isEqualTo(0.75);
  }

  @Test
  @DisplayName(
      "S-000-3 ½ Σ (v − w)² is no mean: for m entries it is m/2 times the mean of the squares")
  void noMean() {
    for (int m : new int[] {1, 2, 7}) {
      double[][] v = new double[1][m];
      double[][] w = new double[1][m];
      java.util.Arrays.fill(v[0], 3);
      double called = Cost.halfSquaredError(CostReduction.SUM).value(v, w);
      double mean = Cost.meanSquaredError().value(v, w);
      assertThat(mean).as("the mean of the squares").isCloseTo(9, within(1e-14));
      assertThat(called).isEqualTo(4.5 * m).isCloseTo(m / 2.0 * mean, within(1e-13));
      assertThat(called == mean).as("they are the same for two entries only").isEqualTo(m == 2);
    }
  }

  @Test
  @DisplayName(
      "S-000-4 batches of 10 on 50,000 samples need a tenth of the updates; 5,000 is how many those are")
  void tenTimes() {
    int one = DescentFormulas.updatesPerEpoch(50_000, 1);
    int ten = DescentFormulas.updatesPerEpoch(50_000, 10);
    assertThat(one / ten).as("right: the gain").isEqualTo(10);
    assertThat(one / ten).as("printed").isNotEqualTo(5_000);
    assertThat(ten).as("what 5,000 is").isEqualTo(5_000);
  }

  @Test
  @DisplayName(
      "S-000-5 the larger z need not be the larger distance: each has to be divided by its own ‖w‖")
  void distances() {
    double[] x = {1, 1};
    Neuron large = new Neuron(new double[] {30, 40}, -60);
    Neuron small = new Neuron(new double[] {0.6, 0.8}, 0);
    double zLarge = PerceptronFormulas.augmentedSignal(new double[] {30, 40, -60}, x);
    double zSmall = PerceptronFormulas.augmentedSignal(new double[] {0.6, 0.8, 0}, x);
    assertThat(zLarge).as("printed: compared by z").isGreaterThan(zSmall);
    assertThat(PerceptronFormulas.signedDistance(large, x))
        .as("right")
        .isCloseTo(0.2, within(1e-15));
    assertThat(PerceptronFormulas.signedDistance(small, x)).isCloseTo(1.4, within(1e-15));
  }

  @Test
  @DisplayName(
      "S-000-6 a minimum is reached in the limit only, and for small η: on x² every step leaves the share 1 − 2η")
  void finitelyMany() {
    for (int steps : new int[] {1, 10, 100, 500}) {
      double x = DescentFormulas.descend(v -> 2 * v, 1, 0.1, steps);
      assertThat(x)
          .as("after %d steps", steps)
          .isNotZero()
          .isCloseTo(Math.pow(0.8, steps), within(1e-15));
    }
    assertThat(Math.abs(DescentFormulas.descend(v -> 2 * v, 1, 1.1, 100)))
        .as("η too large")
        .isGreaterThan(1e6);
  }

  @Test
  @DisplayName(
      "S-000-7 z(k) depends directly on w(k): with the activations below held, w(l) of another layer moves nothing")
  void directDependence() {
    Random random = Trials.random(61);
    List<DenseLayer> net = Trials.net(random, new int[] {2, 3, 2}, LOGISTIC, LOGISTIC);
    double[][] x = Trials.matrix(random, 1, 2);
    double[][] held = net.getFirst().activation(x);
    double[][] lower = net.getFirst().weights();
    double[][] direct =
        Trials.slopes(
            w -> Trials.withWeights(net, 0, w).getLast().preActivation(held)[0][0], lower);
    double[][] through =
        Trials.slopes(
            w -> {
              List<DenseLayer> changed = Trials.withWeights(net, 0, w);
              return changed.getLast().preActivation(changed.getFirst().activation(x))[0][0];
            },
            lower);
    for (int i = 0; i < 3; i++) {
      assertThat(direct[i])
          .as("printed: w(l), l < k")
          .usingComparatorWithPrecision(1e-10)
          .containsExactly(0, 0);
    }
    assertThat(Trials.difference(through, new double[3][2]))
        .as("through the activations")
        .isEqualTo(1);
    double[][] own =
        Trials.slopes(
            w -> Trials.withWeights(net, 1, w).getLast().preActivation(held)[0][0],
            net.getLast().weights());
    assertThat(own[0])
        .as("right: w(k)")
        .usingComparatorWithPrecision(1e-10)
        .containsExactly(held[0]);
  }

  @Test
  @DisplayName(
      "S-000-8 entries of [0, 1] that differ strongly add almost ½ to ½ Σ (v − w)², not almost 1")
  void almostOneHalf() {
    double added = new CostTerm.HalfSquaredError().value(0.999, 0.001);
    assertThat(added).as("right").isCloseTo(0.5, within(0.01));
    assertThat(added).as("printed: almost one").isLessThan(0.51);
  }

  /** One sigmoid layer with its data. */
  private static final double[][] W = {{0.4, -0.7}, {0.1, 0.9}};

  private static final double[][] X = {{1, 2}, {-0.5, 0.25}, {0.75, -1}};
  private static final double[][] Y = {{1, 0}, {0, 1}, {1, 0}};

  private static List<DenseLayer> layer(Activation activation) {
    return List.of(new DenseLayer(W, new double[] {0.2, -0.1}, activation));
  }

  private static double[][] slopesByZ(Activation activation, Cost cost) {
    double[][] z = layer(activation).getFirst().preActivation(X);
    return Trials.slopes(s -> cost.value(OutputLayer.values(activation, s), Y), z);
  }

  /** {@code factor (y_D − y_L)}, times f' where asked. */
  private static double[][] printedDelta(Activation activation, double factor, boolean withSlope) {
    double[][] z = layer(activation).getFirst().preActivation(X);
    double[][] outputs = OutputLayer.values(activation, z);
    double[][] delta = new double[3][2];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        double slope = withSlope ? outputs[i][j] * (1 - outputs[i][j]) : 1;
        delta[i][j] = factor * slope * (Y[i][j] - outputs[i][j]);
      }
    }
    return delta;
  }

  @Test
  @DisplayName(
      "S-001-1 f' (y_D − y_L) points down the cost: it is the negative of ∂C/∂z, and adding it is the same update")
  void signOfDelta() {
    Cost half = Cost.halfSquaredError(CostReduction.SUM);
    double[][] gradient = slopesByZ(LOGISTIC, half);
    assertThat(Trials.difference(printedDelta(LOGISTIC, 1, true), gradient))
        .as("printed")
        .isGreaterThan(1);
    assertThat(Trials.difference(printedDelta(LOGISTIC, -1, true), gradient))
        .as("right")
        .isLessThan(1e-10);
    double[][] delta = Backpropagation.of(layer(LOGISTIC), half, X, Y).layers().getFirst().delta();
    assertThat(Trials.difference(delta, gradient)).isLessThan(1e-10);
  }

  @Test
  @DisplayName("S-001-2 for the cost 1/(n k) Σ (y_D − y_L)² the printed δ lacks the factor 2/(n k)")
  void factorOfTheMean() {
    double[][] gradient = slopesByZ(LOGISTIC, Cost.meanSquaredError());
    assertThat(Trials.difference(printedDelta(LOGISTIC, -1, true), gradient))
        .as("printed, its sign turned")
        .isGreaterThan(0.5);
    assertThat(Trials.difference(printedDelta(LOGISTIC, -2.0 / 6, true), gradient))
        .as("right")
        .isLessThan(1e-10);
    double[][] delta =
        Backpropagation.of(layer(LOGISTIC), Cost.meanSquaredError(), X, Y)
            .layers()
            .getFirst()
            .delta();
    assertThat(Trials.difference(delta, gradient)).isLessThan(1e-10);
  }

  @Test
  @DisplayName(
      "S-001-3 for the cross entropy with 1/n the printed y_D − y_L lacks the sign and the 1/n")
  void factorOfTheCrossEntropy() {
    SoftmaxActivation softmax = new SoftmaxActivation();
    Cost cost = Cost.categoricalCrossEntropy(CostReduction.MEAN_OVER_SAMPLES);
    double[][] gradient = slopesByZ(softmax, cost);
    assertThat(Trials.difference(printedDelta(softmax, 1, false), gradient))
        .as("printed")
        .isGreaterThan(1);
    assertThat(Trials.difference(printedDelta(softmax, -1, false), gradient))
        .as("the sign alone")
        .isGreaterThan(0.5);
    assertThat(Trials.difference(printedDelta(softmax, -1.0 / 3, false), gradient))
        .as("right")
        .isLessThan(1e-10);
    double[][] delta = Backpropagation.of(layer(softmax), cost, X, Y).layers().getFirst().delta();
    assertThat(Trials.difference(delta, gradient)).isLessThan(1e-10);
  }

  @Test
  @DisplayName(
      "S-001-4 Σ y_j w_ij over i takes y_j out of the sum; the signal of neuron j is Σ y_i w_ij")
  void indexOfTheSignal() {
    double[][] w = {{1, 10}, {100, 1000}}; // in x out
    double[] y = {2, 3};
    double[] printed = {y[0] * (1 + 100), y[1] * (10 + 1000)};
    double[] right = {2 * 1 + 3 * 100, 2 * 10 + 3 * 1000};
    double[] signal = TransposedFormulas.signal(w, new double[2], y);
    assertThat(signal).containsExactly(right);
    assertThat(signal[0]).isNotEqualTo(printed[0]);
    assertThat(signal[1]).isNotEqualTo(printed[1]);
    double[][] perNeuron =
        new DenseLayer(TransposedFormulas.flip(w), new double[2], LOGISTIC)
            .preActivation(new double[][] {y});
    assertThat(perNeuron[0]).containsExactly(right);
  }

  @Test
  @DisplayName("S-001-5 the sum of the costs of n instances is n times the cost with 1/n in front")
  void sumOrMean() {
    double[][] outputs = {{0.8, 0.2}, {0.4, 0.6}, {0.7, 0.3}};
    Cost mean = Cost.categoricalCrossEntropy(CostReduction.MEAN_OVER_SAMPLES);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += mean.value(new double[][] {outputs[i]}, new double[][] {Y[i]}); // n = 1
    }
    assertThat(sum).isNotCloseTo(mean.value(outputs, Y), within(0.5));
    assertThat(sum).isCloseTo(3 * mean.value(outputs, Y), within(1e-14));
    assertThat(sum)
        .isCloseTo(
            Cost.categoricalCrossEntropy(CostReduction.SUM).value(outputs, Y), within(1e-15));
  }

  @Test
  @DisplayName(
      "S-001-6 zero weights under σ have non-zero gradients above equal neurons; under tanh the output bias still learns")
  void zeroWeights() {
    Cost cost = Cost.halfSquaredError(CostReduction.MEAN_OVER_SAMPLES);
    Backpropagation sigmoid = Backpropagation.of(zeroNet(LOGISTIC), cost, X, Y);
    double[][] output = sigmoid.layers().getLast().weightGradient();
    assertThat(Math.abs(output[0][0])).as("printed: zero").isGreaterThan(0.01);
    assertThat(output[0][1]).as("the hidden neurons stay equal").isEqualTo(output[0][0]);
    Backpropagation tanh = Backpropagation.of(zeroNet(new Elementwise.Tanh()), cost, X, Y);
    assertThat(tanh.layers().getLast().weightGradient())
        .as("φ(0) = 0")
        .isDeepEqualTo(new double[2][3]);
    assertThat(tanh.layers().getFirst().weightGradient()).isDeepEqualTo(new double[3][2]);
    assertThat(Math.abs(tanh.layers().getLast().biasGradient()[0]))
        .as("the output bias")
        .isGreaterThan(0.01);
  }

  private static List<DenseLayer> zeroNet(Activation activation) {
    return List.of(
        new DenseLayer(new double[3][2], new double[3], activation),
        new DenseLayer(new double[2][3], new double[2], activation));
  }
}
