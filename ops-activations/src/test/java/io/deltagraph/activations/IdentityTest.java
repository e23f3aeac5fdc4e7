package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class IdentityTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -50, 1},
    {-20, -20, 1},
    {-5, -5, 1},
    {-1.5, -1.5, 1},
    {-0.25, -0.25, 1},
    {0.25, 0.25, 1},
    {1.5, 1.5, 1},
    {5, 5, 1},
    {20, 20, 1},
    {50, 50, 1}
  };

  @Override
  public Op<?> op() {
    return new Identity();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Identity::of, TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {Double.NEGATIVE_INFINITY, -1000, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            Identity::of,
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(new double[] {1, 1}, Applied.slopes(Identity::of, -1e3, 1e3));
  }
}
