package io.deltagraph.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ErrorFunctionTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");

  /** {@code 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n+1))} in 60 digits. */
  private static BigDecimal reference(double value) {
    BigDecimal x = new BigDecimal(value);
    BigDecimal square = x.multiply(x, DIGITS).negate();
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int n = 1; n < 260; n++) {
      power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2 * n + 1), DIGITS), DIGITS);
    }
    return sum.multiply(BigDecimal.TWO).divide(PI.sqrt(DIGITS), DIGITS);
  }

  @Test
  void isRightToFifteenDigits() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 700; i++) {
      double x = i < 350 ? i / 50.0 : random.nextDouble(-6.5, 6.5);
      BigDecimal expected = reference(x);
      double error =
          expected.signum() == 0
              ? Math.abs(ErrorFunction.erf(x))
              : new BigDecimal(ErrorFunction.erf(x))
                  .subtract(expected)
                  .divide(expected, DIGITS)
                  .abs()
                  .doubleValue();
      assertThat(error).as("erf(%s)", x).isLessThan(9e-16);
    }
  }

  @Test
  void edges() {
    assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
    assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(ErrorFunction.erf(-0.0)).isEqualTo(-0.0);
    assertThat(ErrorFunction.erf(1e-310)).isEqualTo(1e-310 * 1.1283791670955126);
  }
}
