package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SinTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sin();
  }

  @Test
  void hasItsKnownValues() {
    assertThat(elements(Sin::of, 0, Math.PI / 6, Math.PI / 2, -Math.PI / 2))
        .containsExactly(new double[] {0, 0.5, 1, -1}, within(1e-15));
    assertThat(elements(Sin::of, Double.POSITIVE_INFINITY)).containsExactly(Double.NaN);
  }
}
