package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SoftsignTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Softsign();
  }

  @Test
  void hugeInputsGiveOne() {
    assertArrayEquals(
        new double[] {-1, 1, 1},
        Calculation.elements(Softsign::of, -1e300, 1e29, Double.MAX_VALUE));
    assertArrayEquals(new double[] {1}, Calculation.gradient(Softsign::of, 0));
  }
}
