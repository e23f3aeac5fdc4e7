package io.deltagraph.reference;

/** The error function to about one unit in the 15th digit. */
final class ErrorFunction {
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
  private static final double ONE_OVER_ROOT_PI = 0.5641895835477563;
  private static final double SERIES_BELOW = 2.5;

  /** From here on the result is 1 in double precision. */
  private static final double ONE_FROM = 6;

  private static final int FRACTION_TERMS = 60;

  private ErrorFunction() {}

  /** {@code 2/√π ∫₀ˣ exp(−t²) dt}. */
  static double erf(double x) {
    double size = Math.abs(x);
    if (size < SERIES_BELOW) {
      return series(x);
    }
    if (size >= ONE_FROM) {
      return Math.copySign(1, x);
    }
    return Double.isNaN(x) ? x : Math.copySign(1 - tail(size), x);
  }

  /**
   * {@code 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1))}: terms of one sign, so none cancel. The
   * rounding of the square hardly matters, since the sum grows as the factor shrinks.
   */
  private static double series(double x) {
    double square = x * x;
    double term = x;
    double sum = 0;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * square / (2 * n + 1);
    }
    return TWO_OVER_ROOT_PI * Math.exp(-square) * sum;
  }

  /** {@code exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …))))}. */
  private static double tail(double x) {
    double fraction = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      fraction = x + 0.5 * n / fraction;
    }
    return ONE_OVER_ROOT_PI * Math.exp(-x * x) / fraction;
  }
}
