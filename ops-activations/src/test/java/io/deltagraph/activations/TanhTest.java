package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class TanhTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Tanh();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact().gradientWithin(4, "1 − y² has the rounding of y");
  }

  /** 003 eq. 12. */
  @Test
  void isTwoLogisticsOfTwiceTheInputLessOne() {
    double[] x = {-3, -0.5, 0, 0.25, 4};
    assertArrayEquals(
        Calculation.elements(v -> Sigmoid.of(v, 2).times(2).minus(1), x),
        Calculation.elements(Tanh::of, x),
        1e-15);
  }
}
