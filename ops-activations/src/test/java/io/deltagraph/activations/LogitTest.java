package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class LogitTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Logit();
  }

  @Test
  void theBoundsAreInfiniteAndOutsideIsNoNumber() {
    assertArrayEquals(
        new double[] {
          Double.NaN, Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN
        },
        Calculation.elements(Logit::of, -0.1, 0, 0.5, 1, 1.1, Double.NaN));
  }

  @Test
  void undoesTheLogisticFunction() {
    double[] x = {-30, -2, 0, 0.5, 3};
    assertArrayEquals(x, Calculation.elements(v -> Logit.of(Sigmoid.of(v)), x), 1e-13);
  }
}
