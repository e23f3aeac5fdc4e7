package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class LogTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Log();
  }

  @Test
  void isTheNaturalLogarithm() {
    assertThat(elements(Log::of, 1, 2, 0.5, Math.E))
        .containsExactly(
            new double[] {0, 0.6931471805599453, -0.6931471805599453, 1}, within(1e-15));
    assertThat(elements(Log::of, 0, -1, Double.POSITIVE_INFINITY))
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);
  }
}
