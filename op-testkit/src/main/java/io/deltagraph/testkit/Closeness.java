package io.deltagraph.testkit;

import io.deltagraph.type.DType;

/**
 * When a rounded number is as good as an exact one: within 2,000 roundings of it in f32, 9,000 in
 * f64, which is what an exponential of a few operations costs at the ends of the range. A sum of
 * terms is judged beside the sum of their sizes; what leaves the range has left it.
 */
record Closeness(DType dtype) {
  /** Next to the largest number a partial sum may overflow before the result does. */
  private static final double MARGIN = 64;

  private boolean isSingle() {
    return dtype == DType.F32;
  }

  private double largest() {
    return (isSingle() ? Float.MAX_VALUE : Double.MAX_VALUE) / MARGIN;
  }

  /** Whether a number does not overflow, nor come near to it. */
  boolean isFinite(Exact number) {
    return number.abs().toDouble() <= largest();
  }

  /** Whether a number neither overflows nor is too small to have all its digits. */
  boolean hasDigits(Exact number) {
    double normal = isSingle() ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return isFinite(number) && (number.isZero() || number.abs().toDouble() >= normal);
  }

  /** How far a limit may be off where the largest number stands for infinity. */
  double limit() {
    return 1 / largest();
  }

  /**
   * Whether a number is right, or cannot be judged.
   *
   * @param size the sum of the sizes of what the exact number is a sum of
   * @param more how far it may be off beyond its own roundings
   */
  boolean holds(double actual, Exact exact, Exact size, double more) {
    if (exact.isUnknown() || !isFinite(size)) {
      return true;
    }
    double scale = size.toDouble() * (isSingle() ? 0x1p-13 : 0x1p-40);
    double smallest = isSingle() ? Float.MIN_VALUE : Double.MIN_VALUE;
    return Math.abs(actual - exact.toDouble()) <= scale + MARGIN * smallest + more;
  }
}
