package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class ReciprocalTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Reciprocal();
  }

  @Test
  void dividesOne() {
    assertThat(elements(Reciprocal::of, 4, -0.5, 0, Double.POSITIVE_INFINITY))
        .containsExactly(0.25, -2, Double.POSITIVE_INFINITY, 0);
  }

  @Test
  void hasTheDerivativeOfAHyperbolaOnBothBranches() {
    assertThat(gradient(Reciprocal::of, 2, -4)).containsExactly(-0.25, -0.0625);
  }
}
