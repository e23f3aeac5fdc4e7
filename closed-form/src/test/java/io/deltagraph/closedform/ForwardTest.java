package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.closedform.PerceptronFormulas.Neuron;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForwardTest {
  private static final double[][] BITS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  @Test
  @DisplayName("F-FWD-01 a perceptron fires from 0 on")
  void perceptron() {
    Neuron neuron = new Neuron(new double[] {2, -1}, 0.5);
    assertThat(PerceptronFormulas.output(neuron, new double[] {1, 1})).isEqualTo(1);
    assertThat(PerceptronFormulas.output(neuron, new double[] {0, 0.5})).as("z = 0").isEqualTo(1);
    assertThat(PerceptronFormulas.output(neuron, new double[] {0, 0.5625})).isZero();
  }

  @Test
  @DisplayName("F-FWD-02 the bias as one more weight gives the same z")
  void augmented() {
    Random random = Trials.random(1);
    double[] w = Trials.vector(random, 4);
    double[] x = Trials.vector(random, 4);
    double[] joined = {w[0], w[1], w[2], w[3], 0.7};
    double z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + w[3] * x[3] + 0.7;
    assertThat(PerceptronFormulas.augmentedSignal(joined, x)).isCloseTo(z, within(1e-15));
    assertThatThrownBy(() -> PerceptronFormulas.augmentedSignal(w, x))
        .hasMessageContaining("w ∥ [b] is 4, expected 5");
  }

  @Test
  @DisplayName(
      "F-FWD-03 a bias that comes with x0 = −1 is a threshold: the same neuron has its sign turned")
  void threshold() {
    double[] w = {1, 1};
    for (double[] x : BITS) {
      Neuron plain = new Neuron(w, -1.5);
      assertThat(PerceptronFormulas.heaviside(PerceptronFormulas.thresholdSignal(w, 1.5, x)))
          .isEqualTo(PerceptronFormulas.output(plain, x));
    }
    assertThat(PerceptronFormulas.thresholdSignal(w, 1.5, new double[] {1, 1})).isEqualTo(0.5);
  }

  @Test
  @DisplayName(
      "F-FWD-04 signed distance: (3, 4)·(3, 2) − 5 over 5 is 2.4, and the foot of the perpendicular is on the line")
  void signedDistance() {
    Neuron neuron = new Neuron(new double[] {3, 4}, -5);
    double[] x = {3, 2};
    double distance = PerceptronFormulas.signedDistance(neuron, x);
    assertThat(distance).isCloseTo(2.4, within(1e-15));
    double[] foot = {x[0] - distance * 0.6, x[1] - distance * 0.8};
    assertThat(3 * foot[0] + 4 * foot[1] - 5).isCloseTo(0, within(1e-14));
    assertThat(PerceptronFormulas.signedDistance(neuron, new double[] {0, 0})).isEqualTo(-1);
  }

  @Test
  @DisplayName("F-FWD-05 the largest activation decides, the first of those that tie")
  void decide() {
    assertThat(PerceptronFormulas.decide(new double[] {0.1, 0.7, 0.3})).isEqualTo(1);
    assertThat(PerceptronFormulas.decide(new double[] {0.1, 0.7, 0.7})).isEqualTo(1);
    assertThat(PerceptronFormulas.decide(new double[] {-3, -2, -1})).isEqualTo(2);
  }

  @Test
  @DisplayName("F-FWD-06 ⌈log2 m⌉ neurons spell a class number: 4 for ten digits")
  void binary() {
    assertThat(PerceptronFormulas.binaryNeurons(10)).isEqualTo(4);
    for (int m = 1; m <= 1025; m++) {
      int neurons = PerceptronFormulas.binaryNeurons(m);
      assertThat(Math.pow(2, neurons)).isGreaterThanOrEqualTo(m);
      assertThat(Math.pow(2, neurons - 1)).isLessThan(m);
    }
    assertThat(PerceptronFormulas.decodeBinary(new int[] {1, 0, 0, 1})).isEqualTo(9);
    assertThatThrownBy(() -> PerceptronFormulas.binaryNeurons(0))
        .hasMessageContaining("expected at least 1");
  }

  @Test
  @DisplayName("F-FWD-07 linear layers collapse into one, tanh layers do not")
  void collapse() {
    Random random = Trials.random(2);
    Elementwise.Identity identity = new Elementwise.Identity();
    List<DenseLayer> net = Trials.net(random, new int[] {3, 5, 4, 2}, identity, identity);
    double[][] w =
        Matrices.product(
            net.get(2).weights(), Matrices.product(net.get(1).weights(), net.get(0).weights()));
    double[][] zero = new double[1][3];
    double[] bias = forward(net, zero)[0];
    double[][] x = Trials.matrix(random, 6, 3);
    double[][] expected = Matrices.product(x, Matrices.transpose(w));
    for (double[] row : expected) {
      row[0] += bias[0];
      row[1] += bias[1];
    }
    assertThat(Trials.difference(forward(net, x), expected)).isLessThan(1e-14);
    List<DenseLayer> curved =
        net.stream()
            .map(l -> new DenseLayer(l.weights(), l.bias(), new Elementwise.Tanh()))
            .toList();
    assertThat(Trials.difference(forward(curved, x), expected)).isGreaterThan(0.1);
  }

  private static double[][] forward(List<DenseLayer> net, double[][] x) {
    double[][] a = x;
    for (DenseLayer layer : net) {
      a = layer.activation(a);
    }
    return a;
  }

  @Test
  @DisplayName("F-FWD-08 feed-forward by hand: two neurons, one sample")
  void feedForward() {
    DenseLayer layer =
        new DenseLayer(
            new double[][] {{1, 2}, {-1, 0.5}}, new double[] {0.25, -1}, new Elementwise.Relu());
    double[][] x = {{3, -1}, {0, 4}};
    assertThat(layer.preActivation(x)).isDeepEqualTo(new double[][] {{1.25, -4.5}, {8.25, 1}});
    assertThat(layer.activation(x)).isDeepEqualTo(new double[][] {{1.25, 0}, {8.25, 1}});
    assertThatThrownBy(() -> layer.activation(new double[][] {{1, 2, 3}}))
        .hasMessage("the number of input columns is 3, expected 2");
  }

  @Test
  @DisplayName("F-FWD-09 θᵀx with x0 = 1, and the polynomial as a linear hypothesis of powers")
  void hypotheses() {
    assertThat(
            LinearRegressionFormulas.hypothesis(new double[] {50, 0.1, 20}, new double[] {2104, 3}))
        .isCloseTo(320.4, within(1e-12));
    double[] theta = {1, -2, 0.5, 3};
    for (double x : new double[] {-1.5, 0, 2}) {
      double horner = 1 + x * (-2 + x * (0.5 + x * 3));
      assertThat(LinearRegressionFormulas.hypothesis(theta, LinearRegressionFormulas.powers(x, 3)))
          .isCloseTo(horner, within(1e-14));
    }
  }

  @Test
  @DisplayName("F-FWD-10 logistic hypothesis, with products of powers of the features")
  void logisticHypothesis() {
    double[] theta = {0.5, -1, 2};
    double z = 0.5 - 1.5 + 1;
    assertThat(LogisticRegressionFormulas.hypothesis(theta, new double[] {1.5, 0.5}))
        .isCloseTo(1 / (1 + Math.exp(-z)), within(1e-16));
    assertThat(LogisticRegressionFormulas.products(2, 3, 3))
        .containsExactly(2, 3, 4, 6, 9, 8, 12, 18, 27);
  }

  @Test
  @DisplayName("F-FWD-11 softmax hypothesis with K rows, unmoved by a shift common to all rows")
  void softmaxHypothesis() {
    double[][] theta = {{0.1, 1}, {-0.5, 2}, {0, -1}};
    double[] z = {0.6, 0.5, -0.5};
    double sum = Math.exp(0.6) + Math.exp(0.5) + Math.exp(-0.5);
    double[] p = SoftmaxRegressionFormulas.probabilities(theta, new double[] {0.5});
    for (int i = 0; i < 3; i++) {
      assertThat(p[i]).isCloseTo(Math.exp(z[i]) / sum, within(1e-16));
    }
    double[][] shifted = {{300.1, 1}, {299.5, 2}, {300, -1}};
    assertThat(SoftmaxRegressionFormulas.probabilities(shifted, new double[] {0.5}))
        .usingComparatorWithPrecision(1e-13)
        .containsExactly(p);
  }

  @Test
  @DisplayName(
      "F-FWD-12 K − 1 rows give what K rows with a zero row give, and the layer of a net gives the same")
  void reducedSoftmax() {
    double[][] reduced = {{0.1, 1}, {-0.5, 2}};
    double[][] full = {{0.1, 1}, {-0.5, 2}, {0, 0}};
    double[] x = {0.5};
    double[] p = SoftmaxRegressionFormulas.reducedProbabilities(reduced, x);
    assertThat(p)
        .usingComparatorWithPrecision(1e-16)
        .containsExactly(SoftmaxRegressionFormulas.probabilities(full, x));
    double[] z = {0.6, 0.5};
    double denominator = 1 + Math.exp(0.6) + Math.exp(0.5);
    assertThat(p[2]).isCloseTo(1 / denominator, within(1e-16));
    assertThat(new ReducedSoftmax().value(z))
        .usingComparatorWithPrecision(1e-16)
        .containsExactly(Math.exp(0.6) / denominator, Math.exp(0.5) / denominator);
    assertThat(new ReducedSoftmax().reference(z)).isCloseTo(1 / denominator, within(1e-16));
    assertThat(new ReducedSoftmax().reference(new double[] {-800, -900})).isEqualTo(1);
    assertThat(SoftmaxRegressionFormulas.reducedTarget(1, 3)).containsExactly(0, 1);
    assertThat(SoftmaxRegressionFormulas.reducedTarget(2, 3)).containsExactly(0, 0);
  }
}
