package io.deltagraph.spark;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A sum of doubles without any rounding, so that it is the same in whatever order and portions they
 * are added: as doubles whose digits do not overlap (Shewchuk, "Adaptive Precision Floating-Point
 * Arithmetic and Fast Robust Geometric Predicates", 1997, grow-expansion).
 */
final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private double[] parts = new double[4];
  private int count;

  void add(double number) {
    double rest = number;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double part = parts[i];
      double sum = rest + part;
      double back = sum - rest;
      double error = (rest - (sum - back)) + (part - back);
      if (error != 0) {
        parts[kept++] = error;
      }
      rest = sum;
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, 2 * kept);
    }
    parts[kept++] = rest;
    count = kept;
  }

  /** Adds the square of a number, which two doubles hold. */
  void addSquare(double number) {
    double square = number * number;
    add(square);
    add(Math.fma(number, number, -square));
  }

  void add(ExactSum other) {
    for (int i = 0; i < other.count; i++) {
      add(other.parts[i]);
    }
  }

  /**
   * The sum.
   *
   * @throws NumberFormatException if it went beyond the range of doubles on the way
   */
  BigDecimal value() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < count; i++) {
      sum = sum.add(new BigDecimal(parts[i]));
    }
    return sum;
  }
}
