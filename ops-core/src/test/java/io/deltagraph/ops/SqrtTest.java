package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SqrtTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sqrt();
  }

  @Test
  void takesTheRoot() {
    assertThat(elements(Sqrt::of, 4, 2.25, 0, -1, Double.POSITIVE_INFINITY))
        .containsExactly(2, 1.5, 0, Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void hasAnInfiniteDerivativeAtZero() {
    assertThat(gradient(Sqrt::of, 4, 0)).containsExactly(0.25, Double.POSITIVE_INFINITY);
  }
}
