package io.deltagraph.check;

/**
 * Differences and ratios of tensors whose squares may leave the range: numbers are squared in units
 * of a power of 2 near the largest of them, which changes no digit of theirs.
 */
final class Residuals {
  private Residuals() {}

  /** The largest magnitude among the finite entries that are looked at. */
  static double largest(double[] values, boolean[] known) {
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest =
          known[i] && Double.isFinite(values[i]) ? Math.max(largest, Math.abs(values[i])) : largest;
    }
    return largest;
  }

  /** The length of the difference over that of the longer one; 0 where there is no difference. */
  static double residual(double[] left, double[] right, boolean[] known) {
    int exponent = exponent(Math.max(largest(left, known), largest(right, known)));
    double gap = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < left.length; i++) {
      if (known[i]) {
        double x = Math.scalb(left[i], -exponent);
        double y = Math.scalb(right[i], -exponent);
        gap += (x - y) * (x - y);
        a += x * x;
        b += y * y;
      }
    }
    return gap == 0 ? 0 : Math.sqrt(gap / Math.max(a, b));
  }

  /** The number that {@code right} is to be multiplied by to come closest to {@code left}. */
  static double ratio(double[] left, double[] right, boolean[] known) {
    int above = exponent(largest(left, known));
    int below = exponent(largest(right, known));
    double product = 0;
    double squares = 0;
    for (int i = 0; i < left.length; i++) {
      if (known[i]) {
        double y = Math.scalb(right[i], -below);
        product += Math.scalb(left[i], -above) * y;
        squares += y * y;
      }
    }
    return Math.scalb(product / squares, above - below);
  }

  private static int exponent(double largest) {
    return largest == 0 ? 0 : Math.getExponent(largest);
  }
}
