package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SoftsignTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -0.9803921568627451, 0.00038446751249519417},
    {-20, -0.9523809523809523, 0.0022675736961451248},
    {-5, -0.8333333333333334, 0.027777777777777776},
    {-1.5, -0.6, 0.16},
    {-0.25, -0.2, 0.64},
    {0.25, 0.2, 0.64},
    {1.5, 0.6, 0.16},
    {5, 0.8333333333333334, 0.027777777777777776},
    {20, 0.9523809523809523, 0.0022675736961451248},
    {50, 0.9803921568627451, 0.00038446751249519417}
  };

  @Override
  public Op<?> op() {
    return new Softsign();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Softsign::of, TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {-1, -0.999000999000999, 0.999000999000999, 1, Double.NaN},
        Applied.values(
            Softsign::of,
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(
        new double[] {9.98002996004994E-07, 9.98002996004994E-07},
        Applied.slopes(Softsign::of, -1e3, 1e3));
  }

  @Test
  void hugeInputsGiveOne() {
    assertArrayEquals(
        new double[] {-1, 1, 1}, Applied.values(Softsign::of, -1e300, 1e29, Double.MAX_VALUE));
    assertArrayEquals(new double[] {1}, Applied.slopes(Softsign::of, 0));
  }
}
