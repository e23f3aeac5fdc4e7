package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SignTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sign();
  }

  @Test
  void isTwiceTheStepLessOne() {
    double[] x = {-3, -0.1, 0, 0.1, 3};
    double[] step = Calculation.elements(Heaviside::of, x);
    double[] sign = Calculation.elements(Sign::of, x);
    for (int i = 0; i < x.length; i++) {
      assertEquals(2 * step[i] - 1, sign[i]);
    }
  }
}
