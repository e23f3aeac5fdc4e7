package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SeluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Selu();
  }

  @Test
  void theSlopeAtTheKinkIsThatOfTheLeftSide() {
    double[] slopes = Calculation.gradient(Selu::of, -1e-300, 0, 1e-300);
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
    double[] y = Calculation.elements(Selu::of, x);
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
