package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.closedform.NetCases.Targets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final double BOUND = 1e-7;

  @Test
  @DisplayName("F-BP-05 the chain through one weight multiplies to its entry of the gradient")
  void chain() {
    Random random = Trials.random(12);
    List<DenseLayer> net =
        Trials.net(random, new int[] {3, 4, 2}, new Elementwise.Tanh(), new Elementwise.Logistic());
    double[][] x = Trials.matrix(random, 1, 3);
    double[][] t = Trials.matrix(random, 1, 2);
    Backpropagation passes =
        Backpropagation.of(net, Cost.halfSquaredError(CostReduction.SUM), x, t);
    LayerDerivatives hidden = passes.layers().getFirst();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 3; j++) {
        ChainRule.Links links =
            new ChainRule.Links(
                x[0][j],
                1 - Math.pow(Math.tanh(hidden.preActivation()[0][i]), 2),
                ChainRule.costByActivation(
                    passes.layers().getLast().delta()[0], net.getLast().weights(), i));
        assertThat(links.product()).isCloseTo(hidden.weightGradient()[i][j], within(1e-15));
      }
    }
  }

  @Test
  @DisplayName(
      "F-BP-06 F-BP-08 accumulation over a batch in the layout with the bias as column 0, with λ/m W and bare biases")
  void biasColumnLayout() {
    Random random = Trials.random(13);
    Elementwise.Logistic logistic = new Elementwise.Logistic();
    List<DenseLayer> net = Trials.net(random, new int[] {3, 4, 5, 2}, logistic, logistic);
    double[][] x = Trials.matrix(random, 6, 3);
    double[][] t = NetCases.targets(random, Targets.PROBABILITIES, 6, 2);
    double[][][] thetas = new double[3][][];
    for (int l = 0; l < 3; l++) {
      thetas[l] = BiasColumnFormulas.join(net.get(l).weights(), net.get(l).bias());
      assertThat(BiasColumnFormulas.weights(thetas[l])).isDeepEqualTo(net.get(l).weights());
      assertThat(BiasColumnFormulas.bias(thetas[l])).containsExactly(net.get(l).bias());
    }
    double[][][] gradients = BiasColumnFormulas.gradients(thetas, x, t, 0.7);
    Cost cost = Cost.elementwiseCrossEntropy(CostReduction.MEAN_OVER_SAMPLES);
    Backpropagation passes = Backpropagation.of(net, cost, x, t, 0.7);
    for (int l = 0; l < 3; l++) {
      LayerDerivatives layer = passes.layers().get(l);
      double[][] joined = BiasColumnFormulas.join(layer.weightGradient(), layer.biasGradient());
      assertThat(Trials.difference(gradients[l], joined)).isLessThan(1e-14);
      int at = l;
      double[][] slopes =
          Trials.slopes(
              theta ->
                  Backpropagation.costOf(
                      Trials.withBias(
                          Trials.withWeights(net, at, BiasColumnFormulas.weights(theta)),
                          at,
                          BiasColumnFormulas.bias(theta)),
                      cost,
                      x,
                      t,
                      0.7),
              thetas[l]);
      assertThat(Trials.difference(gradients[l], slopes)).isLessThan(BOUND);
    }
  }

  @Test
  @DisplayName(
      "F-BP-07 weights stored in x out: signal, delta and gradient by the index forms of files 001 and 003")
  void transposedLayout() {
    Random random = Trials.random(14);
    Elementwise.Tanh tanh = new Elementwise.Tanh();
    List<DenseLayer> net = Trials.net(random, new int[] {3, 4, 2}, tanh, tanh);
    double[] x = Trials.vector(random, 3);
    double[] t = Trials.vector(random, 2);
    Backpropagation passes =
        Backpropagation.of(
            net, Cost.halfSquaredError(CostReduction.SUM), new double[][] {x}, new double[][] {t});
    double[][] w1 = TransposedFormulas.flip(net.getFirst().weights());
    double[][] w2 = TransposedFormulas.flip(net.getLast().weights());
    double[] s1 = TransposedFormulas.signal(w1, net.getFirst().bias(), x);
    double[] x1 = tanh.value(s1);
    double[] s2 = TransposedFormulas.signal(w2, net.getLast().bias(), x1);
    double[] delta2 = new double[2];
    for (int j = 0; j < 2; j++) {
      delta2[j] = (Math.tanh(s2[j]) - t[j]) * (1 - Math.pow(Math.tanh(s2[j]), 2)); // eq. 38, 44
    }
    double[] delta1 = TransposedFormulas.hiddenDelta(w2, delta2, s1, tanh);
    assertThat(Trials.difference(delta2, passes.layers().getLast().delta()[0])).isLessThan(1e-14);
    assertThat(Trials.difference(delta1, passes.layers().getFirst().delta()[0])).isLessThan(1e-14);
    double[][] flipped = TransposedFormulas.flip(passes.layers().getLast().weightGradient());
    assertThat(Trials.difference(TransposedFormulas.weightGradient(x1, delta2), flipped))
        .isLessThan(1e-14);
    assertThat(
            Trials.difference(
                TransposedFormulas.weightGradient(x, delta1),
                TransposedFormulas.flip(passes.layers().getFirst().weightGradient())))
        .isLessThan(1e-14);
    assertThat(TransposedFormulas.flip(w1)).isDeepEqualTo(net.getFirst().weights());
  }
}
