package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class ReluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Relu();
  }

  @Test
  void aGradientThroughNaNIsNotHidden() {
    assertArrayEquals(new double[] {1}, Calculation.gradient(Relu::of, Double.NaN));
  }
}
