package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.closedform.NetCases.Case;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SensitivityTest {
  private static final double BOUND = 1e-7;

  /** Small, so that kinks are seldom crossed. */
  private static final double STEP = 1e-5;

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.deltagraph.closedform.NetCases#cases")
  @DisplayName(
      "F-BP-04 sensitivity dy = J dx agrees with difference quotients and with the backward pass")
  void sensitivity(Case trial) {
    Random random = Trials.random(11);
    List<DenseLayer> net = Trials.net(random, new int[] {3, 5, 4}, trial.hidden(), trial.output());
    double[] x = Trials.vector(random, 3);
    double[] dx = Trials.vector(random, 3);
    double[][] jacobian = new double[4][];
    for (int i = 0; i < 4; i++) {
      int output = i;
      jacobian[i] = Trials.slopes(v -> forward(net, v[0])[output], new double[][] {x}, STEP)[0];
    }
    assertThat(Trials.difference(Sensitivity.jacobian(net, x), jacobian)).isLessThan(BOUND);
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      expected[i] = jacobian[i][0] * dx[0] + jacobian[i][1] * dx[1] + jacobian[i][2] * dx[2];
    }
    double[] dy = Sensitivity.of(net, x, dx);
    assertThat(Trials.difference(dy, expected)).isLessThan(BOUND);

    // u·(J dx) = (Jᵀu)·dx, the right side by the backward pass of the cost ½‖a − (a − u)‖²
    double[] u = Trials.vector(random, 4);
    double[] y = forward(net, x);
    double[] target = new double[4];
    for (int i = 0; i < 4; i++) {
      target[i] = y[i] - u[i];
    }
    Backpropagation passes =
        Backpropagation.of(
            net,
            Cost.halfSquaredError(CostReduction.SUM),
            new double[][] {x},
            new double[][] {target});
    double left = Matrices.dot(u, dy);
    assertThat(Matrices.dot(passes.inputGradient()[0], dx)).isCloseTo(left, within(1e-14));
  }

  private static double[] forward(List<DenseLayer> net, double[] x) {
    double[][] a = {x};
    for (DenseLayer layer : net) {
      a = layer.activation(a);
    }
    return a[0];
  }

  @Test
  @DisplayName(
      "F-BP-09 the scale is |ŷ| + |y| carried through absolute values, and near a minimum stays where the delta vanishes")
  void scales() {
    double[][] w1 = {{0.5, -1}, {2, 0.25}};
    double[][] w2 = {{1, -3}};
    List<DenseLayer> net =
        List.of(
            new DenseLayer(w1, new double[2], new Elementwise.Identity()),
            new DenseLayer(w2, new double[1], new Elementwise.Identity()));
    double[][] x = {{1, 2}};
    // by hand: a1 = (−1.5, 2.5), a2 = −1.5 − 7.5 = −9; t = −8.75: δ2 = −0.25, scale 17.75
    Backpropagation passes =
        Backpropagation.of(
            net, Cost.halfSquaredError(CostReduction.SUM), x, new double[][] {{-8.75}}, 0.5);
    LayerDerivatives top = passes.layers().getLast();
    LayerDerivatives hidden = passes.layers().getFirst();
    assertThat(top.delta()[0]).containsExactly(-0.25);
    assertThat(top.deltaScale()[0]).containsExactly(17.75);
    assertThat(hidden.delta()[0]).containsExactly(-0.25, 0.75);
    assertThat(hidden.deltaScale()[0]).containsExactly(17.75, 53.25);
    assertThat(top.weightGradient()[0])
        .containsExactly(-0.25 * -1.5 + 0.5 * 1, -0.25 * 2.5 + 0.5 * -3);
    assertThat(top.weightGradientScale()[0])
        .containsExactly(17.75 * 1.5 + 0.5 * 1, 17.75 * 2.5 + 0.5 * 3);
    assertThat(hidden.weightGradientScale())
        .isDeepEqualTo(
            new double[][] {{17.75 + 0.25, 2 * 17.75 + 0.5}, {53.25 + 1, 2 * 53.25 + 0.125}});
    assertThat(top.biasGradientScale()).containsExactly(17.75);
    assertThat(hidden.biasGradientScale()).containsExactly(17.75, 53.25);

    Backpropagation atMinimum =
        Backpropagation.of(net, Cost.halfSquaredError(CostReduction.SUM), x, new double[][] {{-9}});
    assertThat(atMinimum.layers().getFirst().weightGradient()).isDeepEqualTo(new double[2][2]);
    assertThat(atMinimum.layers().getFirst().weightGradientScale()[0][0]).isEqualTo(18);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.deltagraph.closedform.NetCases#cases")
  @DisplayName("F-BP-09 no delta and no gradient is larger than its scale")
  void scalesBound(Case trial) {
    Random random = Trials.random(15);
    List<DenseLayer> net = Trials.net(random, new int[] {3, 4, 3}, trial.hidden(), trial.output());
    double[][] x = Trials.matrix(random, 5, 3);
    double[][] t = NetCases.targets(random, trial.targets(), 5, 3);
    for (LayerDerivatives layer : Backpropagation.of(net, trial.cost(), x, t, 0.2).layers()) {
      assertBelow(layer.delta(), layer.deltaScale());
      assertBelow(layer.weightGradient(), layer.weightGradientScale());
      assertBelow(
          new double[][] {layer.biasGradient()}, new double[][] {layer.biasGradientScale()});
    }
  }

  private static void assertBelow(double[][] values, double[][] scales) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        assertThat(Math.abs(values[i][j])).isLessThanOrEqualTo(scales[i][j] * (1 + 1e-14));
      }
    }
  }
}
