package io.deltagraph.data.metrics;

/**
 * A sum of squares that neither overflows nor underflows before its root does: numbers are divided
 * by a power of 2 near the largest, which changes no digit.
 */
public final class SquareSum {
  private int exponent = Integer.MIN_VALUE;
  private double sum;

  /** Adds the square of a number. */
  public void add(double number) {
    if (number == 0) {
      return;
    }
    int own = Math.getExponent(number);
    if (own > exponent) {
      sum = sum == 0 ? 0 : Math.scalb(sum, 2 * (exponent - own));
      exponent = own;
    }
    double scaled = Math.scalb(number, -exponent);
    sum += scaled * scaled;
  }

  /** The root of this sum over {@code n}. */
  public double rootOfMean(long n) {
    return sum == 0 ? 0 : Math.scalb(Math.sqrt(sum / n), exponent);
  }

  /** This sum over another; NaN where both are 0. */
  public double over(SquareSum other) {
    return sum == 0 || other.sum == 0
        ? sum / other.sum
        : Math.scalb(sum / other.sum, 2 * (exponent - other.exponent));
  }
}
