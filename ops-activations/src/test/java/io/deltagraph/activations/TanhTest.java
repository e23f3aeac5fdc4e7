package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class TanhTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -1, 1.4880303904083344E-43},
    {-20, -1, 1.6993417021166355E-17},
    {-5, -0.9999092042625951, 0.0001815832309438067},
    {-1.5, -0.9051482536448664, 0.18070663892364852},
    {-0.25, -0.24491866240370913, 0.940014848806378},
    {0.25, 0.24491866240370913, 0.940014848806378},
    {1.5, 0.9051482536448664, 0.18070663892364852},
    {5, 0.9999092042625951, 0.0001815832309438067},
    {20, 1, 1.6993417021166355E-17},
    {50, 1, 1.4880303904083344E-43}
  };

  @Override
  public Op<?> op() {
    return new Tanh();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Tanh::of, TABLE, 0, 1);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {-1, -1, 1, 1, Double.NaN},
        Applied.values(
            Tanh::of, Double.NEGATIVE_INFINITY, -1e3, 1e3, Double.POSITIVE_INFINITY, Double.NaN));
    assertArrayEquals(new double[] {0, 0}, Applied.slopes(Tanh::of, -1e3, 1e3));
  }

  /** 003 eq. 12. */
  @Test
  void isTwoLogisticsOfTwiceTheInputLessOne() {
    double[] x = {-3, -0.5, 0, 0.25, 4};
    assertArrayEquals(
        Applied.values(v -> Sigmoid.of(v, 2).times(2).minus(1), x),
        Applied.values(Tanh::of, x),
        1e-15);
  }
}
