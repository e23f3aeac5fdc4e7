package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SiluTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -9.643749239819589E-21, -9.450874255023197E-21},
    {-20, -4.122307236380407E-08, -3.9161918660646786E-08},
    {-5, -0.03346425462142428, -0.02654743242966592},
    {-1.5, -0.2736382857095345, -0.041294154299142946},
    {-0.25, -0.10945587477855047, 0.37628997842980233},
    {0.25, 0.14054412522144952, 0.6237100215701977},
    {1.5, 1.2263617142904655, 1.041294154299143},
    {5, 4.966535745378576, 1.026547432429666},
    {20, 19.99999995877693, 1.0000000391619186},
    {50, 50, 1}
  };

  @Override
  public Op<?> op() {
    return new Silu();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Silu::of, TABLE, 0, 1);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {-0.0, -0.0, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            Silu::of, Double.NEGATIVE_INFINITY, -1e3, 1e3, Double.POSITIVE_INFINITY, Double.NaN));
    assertArrayEquals(new double[] {0, 1}, Applied.slopes(Silu::of, -1e3, 1e3));
  }
}
