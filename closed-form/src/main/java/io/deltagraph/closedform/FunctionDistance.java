package io.deltagraph.closedform;

import java.util.function.DoubleUnaryOperator;

/**
 * How far a net's function f is from the wanted ψ over the whole of [0, 1] (003 eq. 16 and 18), on
 * a grid.
 */
public final class FunctionDistance {
  private FunctionDistance() {}

  /**
   * {@code sup over x in [0, 1] of |f(x) − ψ(x)|} (003 eq. 16), over {@code intervals + 1} evenly
   * spaced points.
   */
  public static double supremum(DoubleUnaryOperator f, DoubleUnaryOperator wanted, int intervals) {
    requireIntervals(intervals);
    double largest = 0;
    for (int i = 0; i <= intervals; i++) {
      double x = (double) i / intervals;
      largest = Math.max(largest, Math.abs(f.applyAsDouble(x) - wanted.applyAsDouble(x)));
    }
    return largest;
  }

  /**
   * {@code ∫ (f − ψ)² dx over [0, 1]} (003 eq. 18), by Simpson's rule; exact for a difference of
   * degree 1, and its error falls with intervals⁻⁴.
   */
  public static double squared(DoubleUnaryOperator f, DoubleUnaryOperator wanted, int intervals) {
    requireIntervals(intervals);
    double sum = 0;
    for (int i = 0; i <= 2 * intervals; i++) {
      double x = i / (2.0 * intervals);
      double e = f.applyAsDouble(x) - wanted.applyAsDouble(x);
      double weight = i == 0 || i == 2 * intervals ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * e * e;
    }
    return sum / (6.0 * intervals);
  }

  private static void requireIntervals(int intervals) {
    if (intervals < 1) {
      throw new IllegalArgumentException(
          "the number of intervals is " + intervals + ", expected at least 1");
    }
  }
}
