package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class MishTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Mish();
  }

  @Test
  void isSmoothAtZero() {
    assertEquals(0.6, Calculation.gradient(Mish::of, 0)[0], 1e-15);
  }
}
