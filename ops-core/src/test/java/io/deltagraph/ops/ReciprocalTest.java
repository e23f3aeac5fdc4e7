package io.deltagraph.ops;

import static io.deltagraph.ops.Calculation.elements;
import static io.deltagraph.ops.Calculation.gradient;
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
    assertThat(elements(x -> Reciprocal.of(x[0]), 4, -0.5, 0, Double.POSITIVE_INFINITY))
        .containsExactly(0.25, -2, Double.POSITIVE_INFINITY, 0);
  }

  @Test
  void hasTheDerivativeOfAHyperbolaOnBothBranches() {
    assertThat(gradient(x -> Reciprocal.of(x[0]), 2, -4)).containsExactly(-0.25, -0.0625);
  }
}
