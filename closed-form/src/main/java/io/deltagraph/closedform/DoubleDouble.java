package io.deltagraph.closedform;

/**
 * A running sum in about 32 digits, kept as the unevaluated sum of two doubles (Dekker 1971; the
 * products are split exactly by a fused multiply-add).
 */
final class DoubleDouble {
  private double high;
  private double low;

  DoubleDouble(double high, double low) {
    this.high = high;
    this.low = low;
  }

  double high() {
    return high;
  }

  double low() {
    return low;
  }

  /** Adds one double. */
  void add(double value) {
    double sum = high + value;
    double back = sum - high;
    double error = (high - (sum - back)) + (value - back);
    renormalise(sum, low + error);
  }

  /** Adds {@code (a + aLow) (b + bLow)}. */
  void addProduct(double a, double aLow, double b, double bLow) {
    double product = a * b;
    double error = Math.fma(a, b, -product) + (a * bLow + aLow * b);
    add(product);
    renormalise(high, low + error);
  }

  /** Multiplies by one double. */
  void multiply(double factor) {
    double product = high * factor;
    renormalise(product, Math.fma(high, factor, -product) + low * factor);
  }

  private void renormalise(double large, double small) {
    high = large + small;
    low = small - (high - large);
  }
}
