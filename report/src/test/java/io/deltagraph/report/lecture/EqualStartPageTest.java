package io.deltagraph.report.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.models.Initialiser;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What the page claims: from zero all hidden neurons stay equal to the bit, and do move. */
class EqualStartPageTest {
  private static final Points POINTS =
      Points.clouds(
          Seeds.of(1).stream(),
          new int[] {9, 6},
          new double[] {0.9, 0.9},
          new double[] {-0.3, -0.6},
          0.5);

  @Test
  void neuronsThatStartEqualStayEqual() {
    EqualStartPage.Seen seen =
        EqualStartPage.seen(OpRegistry.load(), POINTS, new Initialiser.Zeros(), new ArrayList<>());
    for (double[][] neurons : seen.weights) {
      for (double[] neuron : neurons) {
        assertThat(neuron).containsExactly(neurons[0]);
      }
    }
    assertThat(Math.abs(seen.weights[seen.weights.length - 1][0][0])).isGreaterThan(0.1);
  }

  @Test
  void othersGoTheirOwnWays() {
    EqualStartPage.Seen seen =
        EqualStartPage.seen(
            OpRegistry.load(), POINTS, new Initialiser.NormalFanIn(), new ArrayList<>());
    double[][] last = seen.weights[seen.weights.length - 1];
    assertThat(last[0]).isNotEqualTo(last[1]);
    assertThat(last[2]).isNotEqualTo(last[3]);
  }
}
