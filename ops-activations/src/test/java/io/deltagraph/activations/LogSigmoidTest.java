package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class LogSigmoidTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogSigmoid();
  }

  @Test
  void isSmoothAtZeroWhereItsTwoTermsHaveKinks() {
    assertArrayEquals(new double[] {0.5, 0.5}, Calculation.gradient(LogSigmoid::of, 0.0, -0.0));
  }
}
