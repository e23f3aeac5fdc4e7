package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class ReluTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, 0, 0},
    {-20, 0, 0},
    {-5, 0, 0},
    {-1.5, 0, 0},
    {-0.25, 0, 0},
    {0.25, 0.25, 1},
    {1.5, 1.5, 1},
    {5, 5, 1},
    {20, 20, 1},
    {50, 50, 1}
  };

  @Override
  public Op<?> op() {
    return new Relu();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Relu::of, TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {0, 0, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            Relu::of, Double.NEGATIVE_INFINITY, -1e3, 1e3, Double.POSITIVE_INFINITY, Double.NaN));
    assertArrayEquals(new double[] {0, 1}, Applied.slopes(Relu::of, -1e3, 1e3));
  }

  @Test
  void theSlopeAtTheKinkIsThatOfTheLeftSide() {
    assertArrayEquals(
        new double[] {0, 0, 0, 1}, Applied.slopes(Relu::of, -1e-300, -0.0, 0, 1e-300));
    assertArrayEquals(new double[] {0}, Applied.values(Relu::of, 0));
  }

  @Test
  void aGradientThroughNaNIsNotHidden() {
    assertArrayEquals(new double[] {1}, Applied.slopes(Relu::of, Double.NaN));
  }
}
