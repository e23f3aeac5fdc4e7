package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SeluTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -1.7580993408473768, 3.390933836364842E-22},
    {-20, -1.758099337223664, 3.6237128249944117E-09},
    {-5, -1.7462533606696202, 0.01184598017775672},
    {-1.5, -1.3658143533672527, 0.39228498748012414},
    {-0.25, -0.38889019747811904, 1.369209143369258},
    {0.25, 0.2626752468388701, 1.0507009873554805},
    {1.5, 1.5760514810332207, 1.0507009873554805},
    {5, 5.253504936777403, 1.0507009873554805},
    {20, 21.01401974710961, 1.0507009873554805},
    {50, 52.53504936777402, 1.0507009873554805}
  };

  @Override
  public Op<?> op() {
    return new Selu();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Selu::of, TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {
          -1.7580993408473768,
          -1.7580993408473768,
          1050.7009873554805,
          Double.POSITIVE_INFINITY,
          Double.NaN
        },
        Applied.values(
            Selu::of, Double.NEGATIVE_INFINITY, -1e3, 1e3, Double.POSITIVE_INFINITY, Double.NaN));
    assertArrayEquals(new double[] {0, 1.0507009873554805}, Applied.slopes(Selu::of, -1e3, 1e3));
  }

  @Test
  void theSlopeAtTheKinkIsThatOfTheLeftSide() {
    double[] slopes = Applied.slopes(Selu::of, -1e-300, 0, 1e-300);
    assertEquals(1.7580993408473768, slopes[0], 1e-15);
    assertEquals(slopes[0], slopes[1]);
    assertEquals(1.0507009873554805, slopes[2], 1e-15);
  }

  /** Under the normal law with mean 0 and variance 1 the output has mean 0 and variance 1. */
  @Test
  void meanZeroAndVarianceOneAreAFixedPoint() {
    int count = 40_001;
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = -10 + 20.0 * i / (count - 1);
    }
    double[] y = Applied.values(Selu::of, x);
    double mean = 0;
    double square = 0;
    for (int i = 0; i < count; i++) {
      double weight = Math.exp(-x[i] * x[i] / 2) / Math.sqrt(2 * Math.PI) * 20 / (count - 1);
      mean += weight * y[i];
      square += weight * y[i] * y[i];
    }
    assertEquals(0, mean, 1e-7);
    assertEquals(1, square, 1e-7);
  }
}
