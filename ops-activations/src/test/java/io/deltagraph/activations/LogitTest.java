package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class LogitTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {1E-300, -690.7755278982137, 9.999999999999999E+299},
    {1E-20, -46.051701859880914, 1E+20},
    {0.001, -6.906754778648554, 1001.001001001001},
    {0.25, -1.0986122886681098, 5.333333333333333},
    {0.4375, -0.25131442828090605, 4.063492063492063},
    {0.75, 1.0986122886681098, 5.333333333333333},
    {0.999, 6.906754778648553, 1001.0010010010001},
    {0.9999999999990905, 27.725887222396903, 1099511627777.0}
  };

  @Override
  public Op<?> op() {
    return new Logit();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Logit::of, TABLE, 1, 0);
  }

  @Test
  void theBoundsAreInfiniteAndOutsideIsNoNumber() {
    assertArrayEquals(
        new double[] {
          Double.NaN, Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN
        },
        Applied.values(Logit::of, -0.1, 0, 0.5, 1, 1.1, Double.NaN));
  }

  @Test
  void undoesTheLogisticFunction() {
    double[] x = {-30, -2, 0, 0.5, 3};
    assertArrayEquals(x, Applied.values(v -> Logit.of(Sigmoid.of(v)), x), 1e-13);
  }
}
