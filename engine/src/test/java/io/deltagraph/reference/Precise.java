package io.deltagraph.reference;

import java.math.BigDecimal;
import java.math.MathContext;

/** The elementary functions in about 60 digits, by series, for finite numbers where they exist. */
final class Precise {
  private static final MathContext DIGITS = new MathContext(80);
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");

  /** Below this two terms of a series are enough. */
  private static final double SMALL = 1e-30;

  private Precise() {}

  static BigDecimal exp(double value) {
    return exp(new BigDecimal(value));
  }

  /** {@code (Σ (x/2^k)^n / n!)^(2^k)}, with k so large that few terms are needed. */
  private static BigDecimal exp(BigDecimal x) {
    int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 4);
    BigDecimal part = x.divide(TWO.pow(halvings), DIGITS);
    BigDecimal term = ONE;
    BigDecimal sum = ONE;
    for (int n = 1; n < 50; n++) {
      term = term.multiply(part, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  static BigDecimal expm1(double value) {
    BigDecimal x = new BigDecimal(value);
    return Math.abs(value) < SMALL
        ? x.add(x.multiply(x, DIGITS).divide(TWO), DIGITS)
        : exp(x).subtract(ONE, DIGITS);
  }

  static BigDecimal log(double value) {
    return log(new BigDecimal(value), Math.log(value));
  }

  static BigDecimal log1p(double value) {
    BigDecimal x = new BigDecimal(value);
    return Math.abs(value) < SMALL
        ? x.subtract(x.multiply(x, DIGITS).divide(TWO), DIGITS)
        : log(ONE.add(x), Math.log1p(value));
  }

  /** Halley's method for {@code e^y = x}: each step triples the digits of the guess. */
  private static BigDecimal log(BigDecimal x, double guess) {
    BigDecimal y = new BigDecimal(guess);
    for (int i = 0; i < 2; i++) {
      BigDecimal power = exp(y);
      BigDecimal gap = x.subtract(power, DIGITS).multiply(TWO);
      y = y.add(gap.divide(x.add(power, DIGITS), DIGITS), DIGITS);
    }
    return y;
  }

  static BigDecimal tanh(double value) {
    if (Math.abs(value) > 100) {
      return BigDecimal.valueOf(Math.signum(value));
    }
    BigDecimal power = expm1(2 * value);
    return power.divide(power.add(TWO), DIGITS);
  }

  static BigDecimal sigmoid(double value) {
    return ONE.divide(ONE.add(exp(-value)), DIGITS);
  }

  /** {@code 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))}. */
  static BigDecimal erf(double value) {
    if (Math.abs(value) > 7) {
      return BigDecimal.valueOf(Math.signum(value));
    }
    BigDecimal x = new BigDecimal(value);
    BigDecimal square = x.multiply(x, DIGITS).negate();
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int n = 1; n < 50 + 5 * value * value; n++) {
      power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
    }
    return sum.multiply(TWO).divide(PI.sqrt(DIGITS), DIGITS);
  }
}
