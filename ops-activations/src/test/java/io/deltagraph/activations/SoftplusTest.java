package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SoftplusTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Softplus();
  }

  @Test
  void isSmoothAtZeroWhereItsTwoTermsHaveKinks() {
    assertArrayEquals(new double[] {0.5, 0.5}, Calculation.gradient(Softplus::of, 0.0, -0.0));
    assertEquals(Math.log(2), Calculation.elements(Softplus::of, 0)[0], 1e-16);
  }
}
