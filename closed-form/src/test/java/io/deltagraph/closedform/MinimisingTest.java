package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.closedform.PerceptronFormulas.Neuron;
import java.util.List;
import java.util.Random;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MinimisingTest {
  private static final double[][] BITS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  @Test
  @DisplayName(
      "F-MIN-01 gradient descent on σ(x) + sin x + cos² x goes down from random starts to where f' is 0")
  void oneVariable() {
    Random random = Trials.random(31);
    for (int trial = 0; trial < 50; trial++) {
      double start = 20 * random.nextDouble() - 10;
      DerivativeStructure x = new DSFactory(1, 1).variable(0, start);
      DerivativeStructure f = x.negate().exp().add(1).reciprocal().add(x.sin()).add(x.cos().pow(2));
      assertThat(DescentFormulas.example(start)).isCloseTo(f.getValue(), within(1e-14));
      assertThat(DescentFormulas.exampleDerivative(start))
          .isCloseTo(f.getPartialDerivative(1), within(1e-14));
      double value = DescentFormulas.example(start);
      double at = start;
      for (int step = 0; step < 20; step++) {
        at = DescentFormulas.descend(DescentFormulas::exampleDerivative, at, 0.1, 50);
        assertThat(DescentFormulas.example(at))
            .as(Trials.replay(trial))
            .isLessThanOrEqualTo(value + 1e-15);
        value = DescentFormulas.example(at);
      }
      assertThat(DescentFormulas.exampleDerivative(at)).isCloseTo(0, within(1e-9));
    }
    double ascended = DescentFormulas.descend(DescentFormulas::exampleDerivative, 1, -0.1, 10);
    assertThat(DescentFormulas.example(ascended))
        .as("the wrong sign goes up")
        .isGreaterThan(DescentFormulas.example(1));
  }

  @Test
  @DisplayName(
      "F-MIN-02 a step is w − η ∇C; ⌈n/α⌉ of them in an epoch, and batches average to the whole gradient")
  void manyVariables() {
    assertThat(DescentFormulas.step(new double[] {1, -2}, new double[] {0.5, 4}, 0.25))
        .containsExactly(0.875, -3);
    assertThat(DescentFormulas.updatesPerEpoch(50_000, 10)).isEqualTo(5_000);
    assertThat(DescentFormulas.updatesPerEpoch(101, 10)).isEqualTo(11);
    assertThat(DescentFormulas.updatesPerEpoch(50_000, 50_000)).isEqualTo(1);

    Random random = Trials.random(32);
    double[][] x = Trials.matrix(random, 6, 2);
    double[] y = Trials.vector(random, 6);
    double[] theta = Trials.vector(random, 3);
    double[] whole = LinearRegressionFormulas.gradient(theta, x, y);
    double[] batches = new double[3];
    for (int start = 0; start < 6; start += 2) {
      double[] part =
          LinearRegressionFormulas.gradient(
              theta,
              new double[][] {x[start], x[start + 1]},
              new double[] {y[start], y[start + 1]});
      for (int j = 0; j < 3; j++) {
        batches[j] += part[j];
      }
    }
    assertThat(Trials.difference(batches, whole)).isLessThan(1e-15);
    double[] descended = theta;
    for (int step = 0; step < 3000; step++) {
      descended =
          DescentFormulas.step(descended, LinearRegressionFormulas.gradient(descended, x, y), 0.1);
    }
    assertThat(Trials.difference(descended, LinearRegressionFormulas.normalEquations(x, y)))
        .isLessThan(1e-9);
  }

  private static boolean learns(int[] targets) {
    Neuron neuron = new Neuron(new double[2], 0);
    for (int epoch = 0; epoch < 100; epoch++) {
      for (int i = 0; i < 4; i++) {
        neuron = PerceptronFormulas.learn(neuron, BITS[i], targets[i], 0.5);
      }
      if (right(neuron, targets) == 4) {
        return true;
      }
    }
    return false;
  }

  private static int right(Neuron neuron, int[] targets) {
    int right = 0;
    for (int i = 0; i < 4; i++) {
      right += PerceptronFormulas.output(neuron, BITS[i]) == targets[i] ? 1 : 0;
    }
    return right;
  }

  @Test
  @DisplayName(
      "F-MIN-03 the perceptron's rule moves w by η (t − H(z)) x, learns AND and OR and never XOR")
  void perceptronRule() {
    Neuron neuron = new Neuron(new double[] {0.25, -1}, 0.5);
    Neuron moved = PerceptronFormulas.learn(neuron, new double[] {2, 4}, 1, 0.5); // z = −3: too low
    assertThat(moved.weights()).containsExactly(1.25, 1);
    assertThat(moved.bias()).isEqualTo(1);
    Neuron kept = PerceptronFormulas.learn(neuron, new double[] {2, 4}, 0, 0.5);
    assertThat(kept.weights()).containsExactly(0.25, -1);
    assertThat(learns(new int[] {0, 0, 0, 1})).isTrue();
    assertThat(learns(new int[] {0, 1, 1, 1})).isTrue();
    assertThat(learns(new int[] {0, 1, 1, 0})).isFalse();

    // the delta rule with φ' taken as 1, while the true derivative of H moves nothing
    DenseLayer step =
        new DenseLayer(
            new double[][] {{0.25, -1}}, new double[] {0.5}, new Elementwise.Heaviside());
    Cost cost = Cost.halfSquaredError(CostReduction.SUM);
    Backpropagation passes =
        Backpropagation.of(List.of(step), cost, new double[][] {{2, 4}}, new double[][] {{1}});
    assertThat(passes.layers().getFirst().weightGradient()[0]).containsExactly(0, 0);
    double error = passes.layers().getFirst().activation()[0][0] - 1;
    assertThat(DescentFormulas.step(neuron.weights(), new double[] {error * 2, error * 4}, 0.5))
        .containsExactly(moved.weights());
  }

  @Test
  @DisplayName(
      "F-MIN-04 w = (1, 1) is AND with b = −1.5 and OR with b = −0.5; no neuron of a fine grid is XOR")
  void gates() {
    assertThat(right(PerceptronFormulas.and(), new int[] {0, 0, 0, 1})).isEqualTo(4);
    assertThat(right(PerceptronFormulas.or(), new int[] {0, 1, 1, 1})).isEqualTo(4);
    int best = 0;
    for (double w1 = -2; w1 <= 2; w1 += 0.25) {
      for (double w2 = -2; w2 <= 2; w2 += 0.25) {
        for (double b = -4; b <= 4; b += 0.125) {
          best =
              Math.max(best, right(new Neuron(new double[] {w1, w2}, b), new int[] {0, 1, 1, 0}));
        }
      }
    }
    // z(0,0) + z(1,1) = z(0,1) + z(1,0), so the signs of XOR contradict each other
    assertThat(best).isEqualTo(3);
  }

  @Test
  @DisplayName("F-MIN-09 the central difference errs by ε² f'''/6, the one-sided by ε f''/2")
  void numericGradient() {
    for (double epsilon : new double[] {1e-2, 1e-3}) {
      double central = NumericGradient.central(Math::exp, 0.5, epsilon) - Math.exp(0.5);
      double oneSided = NumericGradient.oneSided(Math::exp, 0.5, epsilon) - Math.exp(0.5);
      assertThat(central / (epsilon * epsilon * Math.exp(0.5) / 6)).isCloseTo(1, within(1e-4));
      assertThat(oneSided / (epsilon * Math.exp(0.5) / 2)).isCloseTo(1, within(1e-2));
    }
    double[] theta = {0.3, -40, 2};
    double[] gradient = NumericGradient.central(t -> t[0] * t[1] + t[2] * t[2] * t[2], theta, 1e-5);
    assertThat(gradient).usingComparatorWithPrecision(1e-7).containsExactly(-40, 0.3, 12);
    assertThat(theta).containsExactly(0.3, -40, 2);
    // a step of 1e-5 is below the spacing of numbers near 1e12, so it has to grow with the
    // parameter
    double large = NumericGradient.central(t -> 3 * t[0], new double[] {1e12}, 1e-5)[0];
    assertThat(large).isCloseTo(3, within(1e-6));
  }

  private static double[] signals(double[] x, int draws, java.util.function.DoubleSupplier weight) {
    double sum = 0;
    double squares = 0;
    int saturated = 0;
    for (int draw = 0; draw < draws; draw++) {
      double z = 0;
      for (double xi : x) {
        z += weight.getAsDouble() * xi;
      }
      sum += z;
      squares += z * z;
      saturated += InitialisationFormulas.saturated(z) ? 1 : 0;
    }
    double mean = sum / draws;
    return new double[] {mean, squares / draws - mean * mean, (double) saturated / draws};
  }

  @Test
  @DisplayName(
      "F-MIN-10 normal weights of deviation 1/√fan_in give z the mean square of the inputs as variance")
  void normalWeights() {
    Random random = Trials.random(33);
    double[] x = random.doubles(100, 0, 1).toArray();
    double deviation = InitialisationFormulas.normalDeviation(100);
    assertThat(deviation).isEqualTo(0.1);
    double[] drawn = signals(x, 20_000, () -> deviation * random.nextGaussian());
    assertThat(InitialisationFormulas.signalVariance(deviation, x))
        .isCloseTo(Matrices.dot(x, x) / 100, within(1e-14));
    assertThat(drawn[1] / InitialisationFormulas.signalVariance(deviation, x))
        .isCloseTo(1, within(0.05));
    assertThat(drawn[2]).as("share of saturated signals").isZero();
  }

  @Test
  @DisplayName("F-MIN-11 weights drawn evenly from [−ε, ε] have the deviation ε/√3")
  void evenWeights() {
    Random random = Trials.random(34);
    double[] w = random.doubles(200_000, -0.3, 0.3).toArray();
    assertThat(InitialisationFormulas.uniformDeviation(0.3))
        .isCloseTo(Math.sqrt(Matrices.dot(w, w) / w.length), within(1e-3));
    assertThat(InitialisationFormulas.uniformDeviation(3)).isCloseTo(Math.sqrt(3), within(1e-15));
  }

  @Test
  @DisplayName(
      "F-MIN-12 first weights all equal keep the hidden neurons equal in δ through every step; different ones part")
  void equalWeights() {
    Random random = Trials.random(35);
    double[][] x = Trials.matrix(random, 8, 2);
    double[][] t = Trials.matrix(random, 8, 2);
    Cost cost = Cost.halfSquaredError(CostReduction.MEAN_OVER_SAMPLES);
    for (double first : new double[] {0, 0.4}) {
      double[][] w1 = {{first, first}, {first, first}, {first, first}};
      double[][] w2 = {{first, first, first}, {first, first, first}};
      double[] b1 = new double[3];
      double[] b2 = new double[2];
      for (int step = 0; step < 25; step++) {
        List<DenseLayer> net =
            List.of(
                new DenseLayer(w1, b1, new Elementwise.Logistic()),
                new DenseLayer(w2, b2, new Elementwise.Logistic()));
        Backpropagation passes = Backpropagation.of(net, cost, x, t);
        LayerDerivatives hidden = passes.layers().getFirst();
        for (double[] delta : hidden.delta()) {
          assertThat(delta[1]).isEqualTo(delta[0]);
          assertThat(delta[2]).isEqualTo(delta[0]);
        }
        for (int j = 0; j < 3; j++) {
          w1[j] = DescentFormulas.step(w1[j], hidden.weightGradient()[j], 1);
        }
        b1 = DescentFormulas.step(b1, hidden.biasGradient(), 1);
        for (int j = 0; j < 2; j++) {
          w2[j] = DescentFormulas.step(w2[j], passes.layers().getLast().weightGradient()[j], 1);
        }
        b2 = DescentFormulas.step(b2, passes.layers().getLast().biasGradient(), 1);
      }
      assertThat(w1[1]).containsExactly(w1[0]);
      assertThat(w1[0][0]).as("yet they moved").isNotEqualTo(first);
    }
    List<DenseLayer> random1 =
        Trials.net(
            random, new int[] {2, 3, 2}, new Elementwise.Logistic(), new Elementwise.Logistic());
    double[] delta = Backpropagation.of(random1, cost, x, t).layers().getFirst().delta()[0];
    assertThat(delta[1]).isNotEqualTo(delta[0]);
  }

  @Test
  @DisplayName(
      "F-MIN-13 weights from [0, 1] on 100 inputs put z near ½ Σ x with variance Σ x²/12, and σ saturates")
  void unitWeights() {
    Random random = Trials.random(36);
    double[] x = random.doubles(100, 0, 1).toArray();
    double[] drawn = signals(x, 5_000, random::nextDouble);
    assertThat(drawn[0]).isCloseTo(InitialisationFormulas.unitUniformMean(x), within(0.1));
    assertThat(drawn[1] / InitialisationFormulas.unitUniformVariance(x)).isCloseTo(1, within(0.1));
    assertThat(drawn[2]).as("share of saturated signals").isEqualTo(1);
    assertThat(InitialisationFormulas.saturated(-6.01)).isTrue();
    assertThat(InitialisationFormulas.saturated(6)).isFalse();
  }

  @Test
  @DisplayName(
      "F-MIN-14 σ' is at most ¼, so that deltas shrink with the layers below a sigmoid output and with |z|")
  void plateau() {
    Elementwise.Logistic logistic = new Elementwise.Logistic();
    for (double z = -20; z <= 20; z += 0.125) {
      assertThat(logistic.derivativeAt(z)).isLessThanOrEqualTo(0.25);
    }
    assertThat(logistic.derivativeAt(0)).isEqualTo(0.25);
    assertThat(logistic.derivativeAt(6.01)).isLessThan(0.0025);
    Random random = Trials.random(37);
    List<DenseLayer> net = Trials.net(random, new int[] {1, 1, 1, 1, 1, 1, 1}, logistic, logistic);
    double[][] x = {{0.3}};
    List<LayerDerivatives> layers =
        Backpropagation.of(net, Cost.halfSquaredError(CostReduction.SUM), x, new double[][] {{1}})
            .layers();
    for (int below = 1; below <= 5; below++) {
      double weights = 1;
      for (int l = 6 - below; l < 6; l++) {
        weights *= Math.abs(net.get(l).weights()[0][0]);
      }
      double top = Math.abs(layers.get(5).delta()[0][0]);
      assertThat(Math.abs(layers.get(5 - below).delta()[0][0]))
          .isLessThanOrEqualTo(top * weights * InitialisationFormulas.plateauBound(below));
    }
    assertThat(InitialisationFormulas.plateauBound(5)).isEqualTo(1.0 / 1024);
  }

  @Test
  @DisplayName("F-MIN-16 a net 784-100-10 has 79,400 weights")
  void weightCount() {
    assertThat(InitialisationFormulas.weightCount(List.of(784, 100, 10))).isEqualTo(79_400);
    assertThat(InitialisationFormulas.weightCount(List.of(3, 4))).isEqualTo(12);
    assertThat(InitialisationFormulas.weightCount(List.of(3))).isZero();
  }

  @Test
  @DisplayName("F-MIN-17 training ends after N epochs or when the cost falls below a value")
  void stops() {
    assertThat(DescentFormulas.stops(3, 10, 0.5, 0.1)).isFalse();
    assertThat(DescentFormulas.stops(10, 10, 0.5, 0.1)).isTrue();
    assertThat(DescentFormulas.stops(3, 10, 0.05, 0.1)).isTrue();
    assertThat(DescentFormulas.stops(3, 10, 0.1, 0.1)).as("not below yet").isFalse();
  }
}
