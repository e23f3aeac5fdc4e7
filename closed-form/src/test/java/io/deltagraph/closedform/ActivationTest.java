package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {
  private static final double[] POINTS = {
    -31, -7.5, -3, -1.25, -0.5, -1e-3, 1e-3, 0.25, 0.75, 1, 2, 3.5, 8, 33
  };

  /** A formula in Hipparchus' arithmetic of derivatives, an independent oracle. */
  interface Oracle {
    DerivativeStructure of(DerivativeStructure x);
  }

  private static double[] oracle(Oracle oracle, double x) {
    DerivativeStructure result = oracle.of(new DSFactory(1, 1).variable(0, x));
    return new double[] {result.getValue(), result.getPartialDerivative(1)};
  }

  private static DerivativeStructure sigmoid(DerivativeStructure x) {
    return x.negate().exp().add(1).reciprocal();
  }

  static Stream<Arguments> oracles() {
    return Stream.of(
        smooth("F-ACT-01", new Elementwise.Identity(), x -> x),
        smooth("F-ACT-02", new Elementwise.Linear(1.75), x -> x.multiply(1.75)),
        smooth("F-ACT-07", new Elementwise.Logistic(), ActivationTest::sigmoid),
        smooth("F-ACT-07 c = 2.5", new Elementwise.Logistic(2.5), x -> sigmoid(x.multiply(2.5))),
        smooth("F-ACT-09", new Elementwise.Tanh(), DerivativeStructure::tanh),
        smooth("softplus", FurtherActivations.SOFTPLUS, x -> x.exp().log1p()),
        smooth("softsign", FurtherActivations.SOFTSIGN, x -> x.divide(x.abs().add(1))),
        smooth("silu", FurtherActivations.SILU, x -> x.multiply(sigmoid(x))),
        smooth(
            "log sigmoid", FurtherActivations.LOG_SIGMOID, x -> x.negate().exp().log1p().negate()),
        smooth("mish", FurtherActivations.MISH, x -> x.multiply(x.exp().log1p().tanh())),
        smooth("elu", new Elementwise.ExponentialLinear(1), x -> x.getValue() > 0 ? x : x.expm1()),
        smooth(
            "selu",
            FurtherActivations.SELU,
            x ->
                x.getValue() > 0
                    ? x.multiply(1.0507009873554805)
                    : x.expm1().multiply(1.0507009873554805 * 1.6732632423543772)),
        smooth(
            "gelu, tanh form",
            FurtherActivations.GELU_TANH,
            x ->
                x.multiply(0.5)
                    .multiply(
                        x.add(x.pow(3).multiply(0.044715))
                            .multiply(Math.sqrt(2 / Math.PI))
                            .tanh()
                            .add(1))));
  }

  private static Arguments smooth(String name, Elementwise activation, Oracle oracle) {
    return Arguments.of(name, activation, oracle);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oracles")
  @DisplayName(
      "F-ACT-01 F-ACT-02 F-ACT-07 F-ACT-09 F-ACT-13 value and derivative agree with an oracle's arithmetic of derivatives")
  void agreesWithOracle(String name, Elementwise activation, Oracle oracle) {
    for (double x : POINTS) {
      double[] expected = oracle(oracle, x);
      assertThat(activation.valueAt(x))
          .as("%s at %s", name, x)
          .isCloseTo(expected[0], within(1e-14 * Math.max(1, Math.abs(x))));
      assertThat(activation.derivativeAt(x))
          .as("%s' at %s", name, x)
          .isCloseTo(expected[1], within(1e-14 * Math.max(1, Math.abs(x))));
      assertThat(activation.derivativeScaleAt(x))
          .as("a scale is never below what it scales")
          .isGreaterThanOrEqualTo(Math.abs(activation.derivativeAt(x)) * (1 - 1e-12));
    }
    // the same comparison sees a derivative that is off by a factor
    assertThat(Math.abs(2 * activation.derivativeAt(0.25) - oracle(oracle, 0.25)[1]))
        .isGreaterThan(1e-3);
  }

  @Test
  @DisplayName(
      "F-ACT-13 GELU stands on the normal law, which agrees with an error function written elsewhere")
  void gelu() {
    for (double x = -9; x <= 9; x += 0.03125) {
      double upper = 0.5 * Erf.erfc(-x / Math.sqrt(2));
      assertThat(NormalLaw.cumulative(x)).isCloseTo(upper, within(2e-15));
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      assertThat(FurtherActivations.GELU.valueAt(x)).isCloseTo(x * upper, within(2e-14));
      assertThat(FurtherActivations.GELU.derivativeAt(x))
          .isCloseTo(upper + x * density, within(2e-14));
    }
  }

  @Test
  @DisplayName("F-ACT-03 Heaviside's step is 1 from 0 on, and its reported derivative 0")
  void heaviside() {
    Elementwise step = new Elementwise.Heaviside();
    assertThat(step.value(new double[] {-2, -1e-300, 0, 1e-300, 5})).containsExactly(0, 0, 1, 1, 1);
    for (double x : POINTS) {
      assertThat(step.derivativeAt(x)).isEqualTo(Trials.slope(step::valueAt, x));
    }
    assertThat(step.derivativeAt(0)).isZero();
  }

  @Test
  @DisplayName("F-ACT-04 sign is 2 H − 1, and so 1 at 0")
  void sign() {
    Elementwise sign = new Elementwise.Sign();
    Elementwise step = new Elementwise.Heaviside();
    assertThat(sign.value(new double[] {-2, 0, 3})).containsExactly(-1, 1, 1);
    for (double x : POINTS) {
      assertThat(sign.valueAt(x)).isEqualTo(2 * step.valueAt(x) - 1).isEqualTo(Math.signum(x));
      assertThat(sign.derivativeAt(x)).isZero();
    }
    assertThat(Math.signum(0.0)).as("what most libraries have at 0").isNotEqualTo(sign.valueAt(0));
  }

  @Test
  @DisplayName("F-ACT-05 ReLU is x H(x), its derivative H(x), and 0 or 1 at the kink by choice")
  void relu() {
    Elementwise relu = new Elementwise.Relu();
    for (double x : POINTS) {
      assertThat(relu.valueAt(x)).isEqualTo(x * PerceptronFormulas.heaviside(x) + 0.0);
      assertThat(relu.derivativeAt(x)).isCloseTo(Trials.slope(relu::valueAt, x), within(1e-10));
    }
    assertThat(relu.derivativeAt(0)).isZero();
    assertThat(new Elementwise.Relu(1).derivativeAt(0)).isEqualTo(1);
    assertThat(new Elementwise.ParametricRelu(0.25).derivativeAt(0)).isEqualTo(0.25);
    assertThat(new Elementwise.ExponentialLinear(0.25).derivativeAt(0)).isEqualTo(0.25);
  }

  @Test
  @DisplayName("F-ACT-06 PReLU is ReLU(x) − α ReLU(−x), with derivatives by x and by α")
  void parametricRelu() {
    Elementwise.Relu relu = new Elementwise.Relu();
    for (double alpha : new double[] {0.01, 0.25, 1, 3}) {
      Elementwise.ParametricRelu prelu = new Elementwise.ParametricRelu(alpha);
      for (double x : POINTS) {
        assertThat(prelu.valueAt(x)).isEqualTo(relu.valueAt(x) - alpha * relu.valueAt(-x));
        assertThat(prelu.derivativeAt(x)).isCloseTo(Trials.slope(prelu::valueAt, x), within(1e-9));
        DoubleUnaryOperator ofAlpha = a -> new Elementwise.ParametricRelu(a).valueAt(x);
        assertThat(prelu.alphaDerivativeAt(x))
            .isCloseTo(Trials.slope(ofAlpha, alpha), within(1e-9));
      }
    }
  }

  @Test
  @DisplayName(
      "F-ACT-07 the slope c takes half the derivative's maximum: σ_c'(0) = c/4, and σ(x) + σ(−x) = 1")
  void logistic() {
    for (double c : new double[] {0.5, 1, 4}) {
      Elementwise.Logistic logistic = new Elementwise.Logistic(c);
      assertThat(logistic.derivativeAt(0)).isCloseTo(c / 4, within(1e-16));
      for (double x : POINTS) {
        double s = logistic.valueAt(x);
        assertThat(s + logistic.valueAt(-x)).isCloseTo(1, within(1e-15));
        assertThat(logistic.derivativeAt(x)).isCloseTo(c * s * (1 - s), within(1e-15));
      }
    }
    assertThatThrownBy(() -> new Elementwise.Logistic(0))
        .hasMessage("the slope c is 0.0, expected a positive number");
  }

  @Test
  @DisplayName("F-ACT-08 logit undoes the logistic function, and its derivative is 1 / (x (1 − x))")
  void logit() {
    Elementwise logit = new Elementwise.Logit();
    for (double p : new double[] {0.01, 0.2, 0.5, 0.75, 0.999}) {
      assertThat(new Elementwise.Logistic().valueAt(logit.valueAt(p))).isCloseTo(p, within(1e-15));
      double[] expected = oracle(x -> x.divide(x.negate().add(1)).log(), p);
      assertThat(logit.valueAt(p)).isCloseTo(expected[0], within(1e-14));
      assertThat(logit.derivativeAt(p) / expected[1]).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  @DisplayName("F-ACT-09 tanh is 2 σ_2 − 1, with derivative 1 − tanh²")
  void tanh() {
    Elementwise tanh = new Elementwise.Tanh();
    for (double x : POINTS) {
      double t = tanh.valueAt(x);
      assertThat(t).isCloseTo(2 * new Elementwise.Logistic(2).valueAt(x) - 1, within(1e-15));
      assertThat(tanh.derivativeAt(x)).isCloseTo(1 - t * t, within(1e-15));
    }
  }

  @Test
  @DisplayName(
      "F-ACT-10 softmax sums to 1, knows no common shift, and has the Jacobian c (diag(s) − s sᵀ)")
  void softmax() {
    double[] z = {0.8, -2, 1.4, 0.1};
    for (double c : new double[] {0.5, 1, 3}) {
      SoftmaxActivation softmax = new SoftmaxActivation(c);
      double[] s = softmax.value(z);
      double sum = 0;
      for (double zi : z) {
        sum += Math.exp(c * zi);
      }
      for (int i = 0; i < z.length; i++) {
        assertThat(s[i]).isCloseTo(Math.exp(c * z[i]) / sum, within(1e-15));
        assertThat(softmax.logarithm(z)[i]).isCloseTo(Math.log(s[i]), within(1e-14));
        int row = i;
        assertThat(softmax.jacobian(z)[i])
            .usingComparatorWithPrecision(1e-10)
            .containsExactly(Trials.slopes((double[] x) -> softmax.value(x)[row], z));
      }
      double[] shifted = {700.8, 698, 701.4, 700.1};
      assertThat(softmax.value(shifted)).usingComparatorWithPrecision(1e-13).containsExactly(s);
      assertJacobianIsSeenWrongWithoutOuterProduct(softmax, z);
    }
    assertThatThrownBy(() -> new SoftmaxActivation(-1))
        .hasMessageContaining("slope c of softmax is -1.0");
  }

  private static void assertJacobianIsSeenWrongWithoutOuterProduct(
      SoftmaxActivation softmax, double[] z) {
    double[] s = softmax.value(z);
    double diagonalOnly = softmax.c() * s[0];
    assertThat(Math.abs(diagonalOnly - Trials.slopes((double[] x) -> softmax.value(x)[0], z)[0]))
        .isGreaterThan(1e-3);
  }

  @Test
  @DisplayName(
      "F-ACT-10 pullback and pushforward are products with the Jacobian, and the K − 1 form has its own")
  void jacobianProducts() {
    double[] z = {0.3, -0.7, 1.1};
    double[] g = {0.5, -2, 0.25};
    for (Activation activation :
        List.of(new SoftmaxActivation(1.5), new ReducedSoftmax(), new Elementwise.Tanh())) {
      double[][] jacobian = new double[3][];
      for (int i = 0; i < 3; i++) {
        int row = i;
        jacobian[i] = Trials.slopes((double[] x) -> activation.value(x)[row], z);
      }
      for (int j = 0; j < 3; j++) {
        double transposed = jacobian[0][j] * g[0] + jacobian[1][j] * g[1] + jacobian[2][j] * g[2];
        double plain = jacobian[j][0] * g[0] + jacobian[j][1] * g[1] + jacobian[j][2] * g[2];
        assertThat(activation.pullback(z, g)[j]).isCloseTo(transposed, within(1e-10));
        assertThat(activation.pushforward(z, g)[j]).isCloseTo(plain, within(1e-10));
        assertThat(activation.pullbackScale(z, new double[] {0.5, 2, 0.25})[j])
            .isGreaterThanOrEqualTo(Math.abs(transposed) - 1e-10);
      }
    }
  }

  @Test
  @DisplayName(
      "F-ACT-11 softmax in the norm p has length 1 in it, and the Jacobian c s_i (1{i=j} − s_j^p)")
  void softmaxOfNorm() {
    double[] z = {0.8, -2, 1.4};
    for (double p : new double[] {1, 2, 3.5}) {
      double c = 1.3;
      double[] s = SoftmaxActivation.ofNorm(z, c, p);
      double sum = 0;
      for (double si : s) {
        sum += Math.pow(si, p);
      }
      assertThat(sum).isCloseTo(1, within(1e-14));
      assertThat(s[0] / s[2])
          .as("the norm is common")
          .isCloseTo(Math.exp(c * (z[0] - z[2])), within(1e-14));
      for (int i = 0; i < 3; i++) {
        int row = i;
        double[] expected =
            Trials.slopes((double[] x) -> SoftmaxActivation.ofNorm(x, c, p)[row], z);
        assertThat(SoftmaxActivation.jacobianOfNorm(z, c, p)[i])
            .usingComparatorWithPrecision(1e-10)
            .containsExactly(expected);
      }
    }
    assertThat(
            Trials.difference(
                SoftmaxActivation.jacobianOfNorm(z, 2, 1), new SoftmaxActivation(2).jacobian(z)))
        .isLessThan(1e-15);
    assertThat(
            Trials.difference(
                SoftmaxActivation.jacobianOfNorm(z, 2, 2), new SoftmaxActivation(2).jacobian(z)))
        .isGreaterThan(1e-2);
  }

  @Test
  @DisplayName(
      "F-ACT-12 as c grows, σ_c tends to H away from 0 and stays ½ at 0; softmax_c tends to the arg max, ties sharing")
  void limits() {
    for (double c : new double[] {1e3, 1e6}) {
      Elementwise.Logistic steep = new Elementwise.Logistic(c);
      for (double x : new double[] {-2, -0.1, 0.1, 2}) {
        assertThat(steep.valueAt(x)).isCloseTo(PerceptronFormulas.heaviside(x), within(1e-40));
      }
      assertThat(steep.valueAt(0)).isEqualTo(0.5);
      for (double[] z : new double[][] {{0.1, 0.9, -2}, {1, 3, 3, 2}, {-1, -1, -1}}) {
        assertThat(new SoftmaxActivation(c).value(z))
            .usingComparatorWithPrecision(1e-40)
            .containsExactly(SoftmaxActivation.limit(z));
      }
    }
    assertThat(SoftmaxActivation.limit(new double[] {1, 3, 3, 2})).containsExactly(0, 0.5, 0.5, 0);
    assertThat(new SoftmaxActivation(1).value(new double[] {0.1, 0.9, -2})[1])
        .as("no limit yet")
        .isLessThan(0.9);
  }
}
