package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class CosTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Cos();
  }

  @Test
  void hasItsKnownValues() {
    assertThat(elements(Cos::of, 0, Math.PI / 3, Math.PI, Math.PI / 2))
        .containsExactly(new double[] {1, 0.5, -1, 0}, within(1e-15));
    assertThat(elements(Cos::of, Double.NEGATIVE_INFINITY)).containsExactly(Double.NaN);
  }
}
