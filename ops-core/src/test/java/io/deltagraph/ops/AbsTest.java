package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class AbsTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Abs();
  }

  @Test
  void dropsTheSign() {
    assertThat(elements(Abs::of, -2.5, 3, -0.0, Double.NEGATIVE_INFINITY, Double.NaN))
        .containsExactly(2.5, 3, 0, Double.POSITIVE_INFINITY, Double.NaN);
  }

  @Test
  void hasTheDerivativeZeroAtZero() {
    assertThat(gradient(Abs::of, -2, 0, -0.0, 3)).containsExactly(-1, 0, 0, 1);
  }
}
