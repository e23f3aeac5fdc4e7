package io.deltagraph.testkit;

import java.math.BigDecimal;
import java.math.MathContext;

/** π to any number of digits: {@code 16 arctan 1/5 − 4 arctan 1/239} (Machin 1706). */
final class Pi {
  private Pi() {}

  static BigDecimal of(MathContext digits) {
    return arctan(5, digits)
        .multiply(BigDecimal.valueOf(16))
        .subtract(arctan(239, digits).multiply(BigDecimal.valueOf(4)), digits);
  }

  private static BigDecimal arctan(int reciprocal, MathContext digits) {
    BigDecimal square = BigDecimal.valueOf(-(long) reciprocal * reciprocal);
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(reciprocal), digits);
    BigDecimal sum = power;
    for (int n = 3; power.signum() != 0 && n < 700; n += 2) {
      power = power.divide(square, digits);
      sum = sum.add(power.divide(BigDecimal.valueOf(n), digits), digits);
    }
    return sum;
  }
}
