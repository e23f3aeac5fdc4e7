package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class MishTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -9.643749239819589E-21, -9.450874255023197E-21},
    {-20, -4.122307240628761E-08, -3.916191874348969E-08},
    {-5, -0.033576237730161704, -0.026747498019901932},
    {-1.5, -0.29809974216680674, -0.06409781589225864},
    {-0.25, -0.12992696367914103, 0.43981560172180517},
    {0.25, 0.1695724096638176, 0.7541726677205928},
    {1.5, 1.4033782663958025, 1.0884879850078477},
    {5, 4.999552077529406, 1.0008002248320826},
    {20, 20, 1.0000000000000002},
    {50, 50, 1}
  };

  @Override
  public Op<?> op() {
    return new Mish();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Mish::of, TABLE, 0, 1);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {-0.0, -0.0, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            Mish::of, Double.NEGATIVE_INFINITY, -1e3, 1e3, Double.POSITIVE_INFINITY, Double.NaN));
    assertArrayEquals(new double[] {0, 1}, Applied.slopes(Mish::of, -1e3, 1e3));
  }

  @Test
  void isSmoothAtZero() {
    assertEquals(0.6, Applied.slopes(Mish::of, 0)[0], 1e-15);
  }
}
