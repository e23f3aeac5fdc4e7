package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PenaltyTest {
  @Test
  @DisplayName("F-COST-17 the L2 penalty is λ/(2m) Σ W² with gradient λ/m W, and leaves biases out")
  void l2() {
    double[][] w = {{1, -2}, {0.5, 3}};
    assertThat(PenaltyFormulas.l2(w, 0.4, 5)).isCloseTo(0.4 / 10 * 14.25, within(1e-15));
    double[][] slopes = Trials.slopes(x -> PenaltyFormulas.l2(x, 0.4, 5), w);
    assertThat(Trials.difference(PenaltyFormulas.l2Gradient(w, 0.4, 5), slopes)).isLessThan(1e-11);

    Random random = Trials.random(1);
    List<DenseLayer> net =
        Trials.net(random, new int[] {2, 3, 2}, new Elementwise.Tanh(), new Elementwise.Logistic());
    double[][] x = Trials.matrix(random, 5, 2);
    double[][] t = Trials.matrix(random, 5, 2);
    Cost cost = Cost.meanSquaredError();
    Backpropagation without = Backpropagation.of(net, cost, x, t);
    Backpropagation with = Backpropagation.of(net, cost, x, t, 0.4);
    double penalty = 0;
    for (int l = 0; l < 2; l++) {
      penalty += PenaltyFormulas.l2(net.get(l).weights(), 0.4, 5);
      double[][] added = PenaltyFormulas.l2Gradient(net.get(l).weights(), 0.4, 5);
      for (int j = 0; j < added.length; j++) {
        for (int k = 0; k < added[j].length; k++) {
          added[j][k] += without.layers().get(l).weightGradient()[j][k];
        }
      }
      assertThat(Trials.difference(with.layers().get(l).weightGradient(), added)).isLessThan(1e-15);
      assertThat(with.layers().get(l).biasGradient())
          .containsExactly(without.layers().get(l).biasGradient());
    }
    assertThat(with.penalty()).isCloseTo(penalty, within(1e-15));
    assertThat(with.cost() - without.cost()).isCloseTo(penalty, within(1e-15));
  }

  @Test
  @DisplayName(
      "F-COST-18 projection onto a ball: inside stays, outside goes to the nearest point, found here by search")
  void projections() {
    double[][] inside = {{0.3, -0.2}};
    assertThat(PenaltyFormulas.projectOntoL2Ball(inside, 1)).isDeepEqualTo(inside);
    assertThat(PenaltyFormulas.projectOntoL1Ball(inside, 1)).isDeepEqualTo(inside);
    assertThat(PenaltyFormulas.projectOntoL2Ball(new double[][] {{3, 4}}, 1)[0])
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0.6, 0.8);
    double[][] outside = {{1.5, -0.4}, {0.9, 0.1}};
    double[][] l1 = PenaltyFormulas.projectOntoL1Ball(outside, 1);
    assertThat(PenaltyFormulas.norm1(l1)).isCloseTo(1, within(1e-15));
    assertThat(l1).isDeepEqualTo(new double[][] {{0.8, -0.0}, {0.20000000000000007, 0.0}});
    Random random = Trials.random(2);
    for (int trial = 0; trial < 2000; trial++) {
      double[][] other = PenaltyFormulas.projectOntoL2Ball(Trials.matrix(random, 2, 2), 1);
      double norm = PenaltyFormulas.norm1(other);
      for (double[] row : other) {
        for (int j = 0; j < row.length; j++) {
          row[j] /= Math.max(1, norm);
        }
      }
      assertThat(distance(other, outside))
          .as("no point of the ball is nearer")
          .isGreaterThanOrEqualTo(distance(l1, outside) - 1e-12);
    }
    assertThatThrownBy(() -> PenaltyFormulas.projectOntoL1Ball(inside, 0))
        .hasMessageContaining("radius is 0.0");
  }

  private static double distance(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        sum += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
      }
    }
    return Math.sqrt(sum);
  }

  @Test
  @DisplayName(
      "F-COST-20 the L1 penalty is λ/m Σ |W| with gradient λ/m sign(W), and leaves biases out")
  void l1() {
    double[][] w = {{1, -2}, {0, 3}};
    assertThat(PenaltyFormulas.l1(w, 0.4, 5)).isCloseTo(0.08 * 6, within(1e-15));
    List<DenseLayer> net = List.of(new DenseLayer(w, new double[] {7, -7}, new Elementwise.Tanh()));
    double[][] x = {{0.5, -1}, {0.25, 2}};
    double[][] t = {{0, 1}, {1, 0}};
    Cost cost = Cost.meanSquaredError();
    Backpropagation without = Backpropagation.of(net, cost, x, t, 0.3);
    Backpropagation with = Backpropagation.of(net, cost, x, t, new WeightPenalty(0.8, 0.3));
    assertThat(with.cost() - without.cost()).isCloseTo(0.4 * 6, within(1e-14));
    assertThat(Backpropagation.costOf(net, cost, x, t, new WeightPenalty(0.8, 0.3)))
        .isEqualTo(with.cost());
    double[][] expected = {{0.4, -0.4}, {0, 0.4}};
    for (int j = 0; j < 2; j++) {
      for (int k = 0; k < 2; k++) {
        double added =
            with.layers().getFirst().weightGradient()[j][k]
                - without.layers().getFirst().weightGradient()[j][k];
        assertThat(added).isCloseTo(expected[j][k], within(1e-15));
      }
    }
    assertThat(with.layers().getFirst().biasGradient())
        .containsExactly(without.layers().getFirst().biasGradient());
    assertThatThrownBy(() -> new WeightPenalty(-1, 0)).hasMessageContaining("l1 = -1.0");
  }
}
