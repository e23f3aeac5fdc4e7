package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.closedform.NetCases.Case;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackpropagationTest {
  private static final double BOUND = 1e-7;

  /** Small, so that kinks are seldom crossed. */
  private static final double STEP = 1e-5;

  /**
   * The cost by its definition: forward pass and sums written out here, probabilities floored
   * nowhere.
   */
  private static double costByDefinition(
      List<DenseLayer> net, Case trial, double[][] x, double[][] t, double l2) {
    double[][] a = x;
    double squares = 0;
    for (DenseLayer layer : net) {
      double[][] next = new double[a.length][layer.bias().length];
      for (int i = 0; i < a.length; i++) {
        double[] z = new double[layer.bias().length];
        for (int j = 0; j < z.length; j++) {
          z[j] = layer.bias()[j];
          for (int k = 0; k < a[i].length; k++) {
            z[j] += a[i][k] * layer.weights()[j][k];
          }
        }
        next[i] = layer.activation().value(z);
      }
      for (double[] row : layer.weights()) {
        for (double w : row) {
          squares += w * w;
        }
      }
      a = next;
    }
    return trial.cost().value(a, t) + l2 * squares / (2.0 * x.length);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.deltagraph.closedform.NetCases#cases")
  @DisplayName(
      "F-BP-01 F-BP-02 F-BP-03 deltas and gradients agree with difference quotients of the cost")
  void gradientsAgreeWithDifferences(Case trial) {
    for (int seed = 0; seed < 4; seed++) {
      Random random = Trials.random(seed);
      int[] widths = {3, 4, 5, 3};
      List<DenseLayer> net = Trials.net(random, widths, trial.hidden(), trial.output());
      double[][] x = Trials.matrix(random, 6, 3);
      double[][] t = NetCases.targets(random, trial.targets(), 6, 3);
      double l2 = 0.3;
      Backpropagation passes = Backpropagation.of(net, trial.cost(), x, t, l2);

      assertThat(passes.cost())
          .as(Trials.replay(seed))
          .isCloseTo(costByDefinition(net, trial, x, t, l2), within(1e-12));
      assertThat(Backpropagation.costOf(net, trial.cost(), x, t, l2)).isEqualTo(passes.cost());
      for (int l = 0; l < net.size(); l++) {
        int layer = l;
        LayerDerivatives derivatives = passes.layers().get(l);
        double[][] weightSlopes =
            Trials.slopes(
                w -> costByDefinition(Trials.withWeights(net, layer, w), trial, x, t, l2),
                net.get(l).weights(),
                STEP);
        double[][] biasSlopes =
            Trials.slopes(
                b -> costByDefinition(Trials.withBias(net, layer, b[0]), trial, x, t, l2),
                new double[][] {net.get(l).bias()},
                STEP);
        assertThat(Trials.difference(derivatives.weightGradient(), weightSlopes))
            .as("weights of layer %d, %s", l, Trials.replay(seed))
            .isLessThan(BOUND);
        assertThat(Trials.difference(derivatives.biasGradient(), biasSlopes[0]))
            .as("bias of layer %d, %s", l, Trials.replay(seed))
            .isLessThan(BOUND);
      }
      double[][] inputSlopes = Trials.slopes(v -> costByDefinition(net, trial, v, t, l2), x, STEP);
      assertThat(Trials.difference(passes.inputGradient(), inputSlopes))
          .as(Trials.replay(seed))
          .isLessThan(BOUND);
    }
  }

  @Test
  @DisplayName(
      "F-BP-01 F-BP-02 every usual mistake in a hidden layer's gradient is seen by the same comparison")
  void mistakesAreSeen() {
    Random random = Trials.random(7);
    List<DenseLayer> net =
        Trials.net(
            random, new int[] {4, 4, 4}, new Elementwise.Logistic(2), new Elementwise.Tanh());
    double[][] x = Trials.matrix(random, 5, 4);
    double[][] t = Trials.matrix(random, 5, 4);
    Cost cost = Cost.halfSquaredError(CostReduction.MEAN_OVER_SAMPLES);
    Backpropagation passes = Backpropagation.of(net, cost, x, t);
    double[][] right =
        Trials.slopes(
            w -> Backpropagation.costOf(Trials.withWeights(net, 0, w), cost, x, t, 0),
            net.getFirst().weights());
    assertThat(Trials.difference(passes.layers().getFirst().weightGradient(), right))
        .isLessThan(BOUND);

    LayerDerivatives hidden = passes.layers().getFirst();
    double[][] above = passes.layers().getLast().delta();
    double[][] upper = net.getLast().weights();
    double[][] back = Matrices.product(above, upper);
    double[][] noSlope = Matrices.product(Matrices.transpose(back), x);
    double[][] swapped = Matrices.product(above, Matrices.transpose(upper));
    double[][] swappedDelta = new double[5][4];
    double[][] outputSlope = new double[5][4];
    double[][] noFactor = new double[5][4];
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        double a = hidden.activation()[i][j];
        swappedDelta[i][j] = 2 * a * (1 - a) * swapped[i][j];
        outputSlope[i][j] = 2 * (1 - a) * back[i][j];
        noFactor[i][j] = a * (1 - a) * back[i][j];
      }
    }
    double[][] delta = Matrices.transpose(hidden.delta());
    double[][] sum = Matrices.product(delta, x);
    Map<String, double[][]> mistakes =
        Map.ofEntries(
            Map.entry("φ' left out", noSlope),
            Map.entry("W transposed", Matrices.product(Matrices.transpose(swappedDelta), x)),
            Map.entry(
                "a factor of φ' left out", Matrices.product(Matrices.transpose(outputSlope), x)),
            Map.entry("the slope c left out", Matrices.product(Matrices.transpose(noFactor), x)),
            Map.entry("the gradient transposed", Matrices.transpose(sum)),
            Map.entry(
                "the wrong sign",
                Matrices.product(
                    new double[][] {{-1, 0, 0, 0}, {0, -1, 0, 0}, {0, 0, -1, 0}, {0, 0, 0, -1}},
                    sum)),
            Map.entry("one sample left out", withoutFirstSample(hidden.delta(), x)),
            Map.entry("outputs in place of inputs", Matrices.product(delta, hidden.activation())));
    for (Map.Entry<String, double[][]> wrong : mistakes.entrySet()) {
      assertThat(Trials.difference(wrong.getValue(), right)).as(wrong.getKey()).isGreaterThan(1e-2);
    }
  }

  private static double[][] withoutFirstSample(double[][] delta, double[][] x) {
    double[][] cut = Matrices.copy(delta);
    java.util.Arrays.fill(cut[0], 0);
    return Matrices.product(Matrices.transpose(cut), x);
  }
}
