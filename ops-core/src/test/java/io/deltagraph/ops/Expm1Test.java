package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class Expm1Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Expm1();
  }

  @Test
  void isExactNearZero() {
    assertThat(elements(Expm1::of, 1, -1))
        .containsExactly(new double[] {1.718281828459045, -0.6321205588285577}, within(1e-15));
    assertThat(elements(Expm1::of, 1e-10))
        .containsExactly(new double[] {1.00000000005e-10}, within(1e-25));
    assertThat(elements(Expm1::of, Double.NEGATIVE_INFINITY, 800))
        .containsExactly(-1, Double.POSITIVE_INFINITY);
  }
}
