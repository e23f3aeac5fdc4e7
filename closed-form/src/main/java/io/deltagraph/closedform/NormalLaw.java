package io.deltagraph.closedform;

/** The standard normal law, to about 15 digits. */
final class NormalLaw {
  private NormalLaw() {}

  /** {@code φ(x) = e^{−x²/2} / √(2π)}. */
  static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** {@code Φ(x)}, the probability below x. */
  static double cumulative(double x) {
    return x < 0 ? upperTail(-x) : 1 - upperTail(x);
  }

  /**
   * {@code P(Z > x)} for x ≥ 0: a power series near 0, the continued fraction {@code φ(x) / (x +
   * 1/(x + 2/(x + 3/…)))} further out.
   */
  private static double upperTail(double x) {
    if (x < 2) {
      // Φ(x) − ½ = φ(x) (x + x³/3 + x⁵/15 + …): all terms positive, so nothing cancels inside the
      // series
      double term = x;
      double sum = x;
      for (int k = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && k < 200; k++) {
        term *= x * x / (2 * k + 1);
        sum += term;
      }
      return 0.5 - density(x) * sum;
    }
    double fraction = x;
    for (int k = 400; k >= 1; k--) {
      fraction = x + k / fraction;
    }
    return density(x) / fraction;
  }
}
