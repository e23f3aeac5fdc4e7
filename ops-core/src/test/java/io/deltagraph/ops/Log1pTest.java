package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class Log1pTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Log1p();
  }

  @Test
  void isExactNearZero() {
    assertThat(elements(Log1p::of, 1, 1e-10))
        .containsExactly(new double[] {0.6931471805599453, 9.9999999995e-11}, within(1e-16));
    assertThat(elements(Log1p::of, 1e-10))
        .containsExactly(new double[] {9.9999999995e-11}, within(1e-25));
    assertThat(elements(Log1p::of, -1, -2)).containsExactly(Double.NEGATIVE_INFINITY, Double.NaN);
  }
}
