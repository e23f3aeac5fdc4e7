package io.deltagraph.testkit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A number without a range, infinite, or unknown. Products and functions have about 50 digits; sums
 * have {@value #DIGITS_OF_SUMS}, so that {@code 1 − (1 − 1e-300)} is 1e-300. A number divided by 0
 * is unknown, since 0 has no sign here.
 *
 * @param finite the number; null if it is infinite or unknown
 * @param other what it is then: ±∞ or NaN
 */
record Exact(@Nullable BigDecimal finite, double other) {
  private static final int DIGITS_OF_SUMS = 400;
  private static final MathContext SUM = new MathContext(DIGITS_OF_SUMS);
  private static final MathContext FUNCTION = new MathContext(60);
  private static final int DIGITS = 50;

  /** Beyond it e^x counts as infinite or 0: no dtype holds anything near. */
  private static final double MOST = 1e7;

  /** Below this four terms of a series are enough. */
  private static final BigDecimal SMALL = new BigDecimal("1e-15");

  /** What tends to 0 is below it. */
  private static final BigDecimal GONE = new BigDecimal("1e-100");

  static final Exact ZERO = new Exact(BigDecimal.ZERO, 0);
  static final Exact ONE = new Exact(BigDecimal.ONE, 0);
  static final Exact TWO = of(2);
  static final Exact UNKNOWN = new Exact(null, Double.NaN);
  static final Exact INFINITY = new Exact(null, Double.POSITIVE_INFINITY);
  private static final Exact MINUS_INFINITY = new Exact(null, Double.NEGATIVE_INFINITY);

  static Exact pi() {
    return of(Constants.PI.round(FUNCTION));
  }

  /** A number, the infinite ones as 10 to the power of so much, which no dtype holds. */
  static Exact of(double value, int infinity) {
    return Double.isInfinite(value)
        ? of(BigDecimal.valueOf(Math.signum(value)).scaleByPowerOfTen(infinity))
        : of(value);
  }

  /**
   * What this tends to, given that another number is twice as far on the way; unknown where that is
   * not told, or not finite.
   */
  Exact limit(Exact further) {
    if (finite == null || further.finite == null) {
      return UNKNOWN;
    }
    BigDecimal size = finite.abs().max(further.finite.abs());
    boolean settled = minus(further).abs().compareTo(of(size.movePointLeft(12))) <= 0;
    return size.compareTo(GONE) < 0 ? ZERO : settled ? further : UNKNOWN;
  }

  /** This number if another one is the same, else unknown. */
  Exact agreed(Exact that) {
    return finite != null
            && that.finite != null
            && minus(that).abs().compareTo(of(finite.abs().movePointLeft(12))) > 0
        ? UNKNOWN
        : this;
  }

  static Exact of(double value) {
    if (!Double.isFinite(value)) {
      return new Exact(null, value);
    }
    BigDecimal all = new BigDecimal(value);
    return of(Math.abs(value) < 1 ? all.round(FUNCTION) : all); // a sine needs all digits
  }

  private static Exact of(BigDecimal value) {
    return new Exact(value, 0);
  }

  boolean isFinite() {
    return finite != null;
  }

  boolean isUnknown() {
    return finite == null && Double.isNaN(other);
  }

  boolean isZero() {
    return finite != null && finite.signum() == 0;
  }

  /** −1, 0 or 1; 0 where unknown. */
  int sign() {
    return finite != null ? finite.signum() : Double.isNaN(other) ? 0 : other > 0 ? 1 : -1;
  }

  double toDouble() {
    return finite != null ? finite.doubleValue() : other;
  }

  /** All digits. */
  String text() {
    return finite != null ? finite.toString() : Double.toString(other);
  }

  Exact negate() {
    return finite != null ? of(finite.negate()) : new Exact(null, -other);
  }

  Exact abs() {
    return sign() < 0 ? negate() : this;
  }

  Exact plus(Exact that) {
    if (isZero() || that.isZero()) {
      return isZero() ? that : this;
    }
    return finite != null && that.finite != null
        ? of(finite.add(that.finite, SUM))
        : new Exact(null, special(this) + special(that));
  }

  Exact minus(Exact that) {
    return plus(that.negate());
  }

  Exact times(Exact that) {
    if (finite == null || that.finite == null) {
      return new Exact(null, other(special(this) * special(that)));
    }
    return of(finite.multiply(that.finite, digits(finite, that.finite)));
  }

  Exact over(Exact that) {
    if (that.isZero()) {
      return UNKNOWN;
    }
    if (finite == null || that.finite == null) {
      double quotient = special(this) / special(that);
      return quotient == 0 ? ZERO : new Exact(null, other(quotient));
    }
    return of(finite.divide(that.finite, digits(finite, that.finite)));
  }

  /** As many digits as the longer of two numbers has. */
  private static MathContext digits(BigDecimal a, BigDecimal b) {
    int longer = Math.max(a.precision(), b.precision());
    return new MathContext(Math.clamp(longer, DIGITS, DIGITS_OF_SUMS));
  }

  /** A double of the same sign and kind. */
  private static double special(Exact number) {
    return number.finite != null ? number.finite.signum() : number.other;
  }

  private static double other(double value) {
    return Double.isInfinite(value) ? value : Double.NaN;
  }

  /** Below, at or above another number. */
  int compareTo(Exact that) {
    return finite != null && that.finite != null
        ? finite.compareTo(that.finite)
        : Double.compare(special(this) * 2, special(that) * 2);
  }

  /** The largest whole number not above. */
  Exact floor() {
    return finite == null ? this : of(finite.setScale(0, RoundingMode.FLOOR));
  }

  /** The nearest whole number, of two the even one. */
  Exact round() {
    return finite == null ? this : of(finite.setScale(0, RoundingMode.HALF_EVEN));
  }

  Exact sqrt() {
    if (finite == null) {
      return sign() > 0 ? this : UNKNOWN;
    }
    return finite.signum() < 0 ? UNKNOWN : of(finite.round(FUNCTION).sqrt(FUNCTION));
  }

  Exact exp() {
    if (finite == null || finite.abs().doubleValue() > MOST) {
      return isUnknown() ? this : sign() > 0 ? INFINITY : ZERO;
    }
    return of(exp(finite));
  }

  /** {@code (Σ (x/2^k)^n / n!)^(2^k)}, with k so large that few terms are needed. */
  private static BigDecimal exp(BigDecimal x) {
    int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 8);
    BigDecimal part = x.divide(BigDecimal.TWO.pow(halvings), FUNCTION);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; n <= 20; n++) {
      term = term.multiply(part, FUNCTION).divide(BigDecimal.valueOf(n), FUNCTION);
      sum = sum.add(term, FUNCTION);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, FUNCTION);
    }
    return sum;
  }

  Exact expm1() {
    if (finite == null || finite.abs().compareTo(SMALL) > 0) {
      return exp().minus(ONE);
    }
    return series(1, 2, 6, 24);
  }

  /** {@code x / a + x² / b + x³ / c + x⁴ / d}. */
  private Exact series(int a, int b, int c, int d) {
    Exact sum = over(of(d)).plus(ONE.over(of(c)));
    sum = sum.times(this).plus(ONE.over(of(b)));
    return sum.times(this).plus(ONE.over(of(a))).times(this);
  }

  Exact log() {
    if (finite == null) {
      return sign() > 0 ? this : UNKNOWN;
    }
    if (finite.signum() <= 0) {
      return finite.signum() == 0 ? MINUS_INFINITY : UNKNOWN;
    }
    Exact beyondOne = minus(ONE);
    if (beyondOne.abs().compareTo(of(SMALL)) < 0) {
      return beyondOne.log1p();
    }
    int exponent = finite.precision() - finite.scale() - 1;
    BigDecimal mantissa = finite.scaleByPowerOfTen(-exponent).round(FUNCTION);
    BigDecimal log = ln(mantissa);
    return exponent == 0
        ? of(log)
        : of(log.add(Constants.LN_10.multiply(BigDecimal.valueOf(exponent)), FUNCTION));
  }

  /** Halley's method for {@code e^y = x}: each step triples the digits of the guess. */
  private static BigDecimal ln(BigDecimal x) {
    BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal power = exp(y);
      BigDecimal gap = x.subtract(power, FUNCTION).multiply(BigDecimal.TWO);
      y = y.add(gap.divide(x.add(power, FUNCTION), FUNCTION), FUNCTION);
    }
    return y;
  }

  Exact log1p() {
    return finite != null && finite.abs().compareTo(SMALL) < 0
        ? series(1, -2, 3, -4)
        : plus(ONE).log();
  }

  /** By {@code e^−2|x| − 1} near 0, and as {@code 1 − 2 p / (1 + p)} with all digits elsewhere. */
  Exact tanh() {
    Exact twice = abs().times(TWO).negate();
    Exact tanh;
    if (abs().compareTo(ONE) < 0) {
      Exact power = twice.expm1();
      tanh = power.negate().over(power.plus(TWO));
    } else {
      Exact power = twice.exp();
      tanh = ONE.minus(power.times(TWO).over(power.plus(ONE)));
    }
    return sign() < 0 ? tanh.negate() : tanh;
  }

  /** {@code 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))} near 0, else 1 less its continued fraction. */
  Exact erf() {
    if (abs().compareTo(TWO) > 0) {
      Exact erf = ONE.minus(abs().erfc());
      return sign() < 0 ? erf.negate() : erf;
    }
    if (finite == null) {
      return this;
    }
    BigDecimal square = finite.multiply(finite, FUNCTION).negate();
    BigDecimal power = finite;
    BigDecimal sum = finite;
    for (int n = 1; n < 90; n++) {
      power = power.multiply(square, FUNCTION).divide(BigDecimal.valueOf(n), FUNCTION);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), FUNCTION), FUNCTION);
    }
    return of(sum).times(Constants.TWO_OVER_ROOT_PI);
  }

  /** {@code e^−x² / √π / (x + ½ / (x + 1 / (x + 3/2 / (x + …))))} for an x above 2. */
  private Exact erfc() {
    Exact power = times(this).negate().exp();
    if (power.isZero() || finite == null) {
      return power;
    }
    BigDecimal sum = finite;
    int terms = 30 + (int) Math.min(700, 2_600 / (finite.doubleValue() * finite.doubleValue()));
    for (int n = terms; n > 0; n--) {
      sum = finite.add(BigDecimal.valueOf(0.5 * n).divide(sum, FUNCTION), FUNCTION);
    }
    return power.times(Constants.TWO_OVER_ROOT_PI).over(of(sum).times(TWO));
  }

  Exact sin() {
    return finite == null || finite.abs().doubleValue() > 1e308
        ? UNKNOWN
        : of(sine(finite.remainder(Constants.TWO_PI)));
  }

  Exact cos() {
    return finite == null || finite.abs().doubleValue() > 1e308
        ? UNKNOWN
        : of(sine(finite.add(Constants.HALF_PI).remainder(Constants.TWO_PI)));
  }

  /** {@code Σ (−1)ⁿ x²ⁿ⁺¹ / (2n + 1)!} for |x| below 2 π. */
  private static BigDecimal sine(BigDecimal x) {
    BigDecimal near =
        x.abs().compareTo(Constants.PI) > 0
            ? x.subtract(Constants.TWO_PI.multiply(BigDecimal.valueOf(x.signum())))
            : x;
    near =
        near.abs().compareTo(Constants.HALF_PI) > 0
            ? Constants.PI.multiply(BigDecimal.valueOf(near.signum())).subtract(near)
            : near;
    BigDecimal square = near.multiply(near, FUNCTION).negate();
    BigDecimal term = near.round(FUNCTION);
    BigDecimal sum = term;
    for (int n = 1; n < 32; n++) {
      term =
          term.multiply(square, FUNCTION)
              .divide(BigDecimal.valueOf(2L * n * (2L * n + 1)), FUNCTION);
      sum = sum.add(term, FUNCTION);
    }
    return sum;
  }

  /** As {@link Math#pow}, but unknown for a base of 0 and an exponent below. */
  Exact pow(Exact exponent) {
    if (exponent.isZero()) {
      return ONE;
    }
    if (isZero()) {
      return exponent.sign() > 0 ? ZERO : UNKNOWN;
    }
    if (sign() > 0) {
      return log().times(exponent).exp();
    }
    BigDecimal power = exponent.finite;
    if (power == null || exponent.compareTo(exponent.floor()) != 0) {
      return UNKNOWN;
    }
    Exact size = abs().log().times(exponent).exp();
    return power.toBigInteger().testBit(0) ? size.negate() : size;
  }

  /** {@code this · 2^power} for a whole power. */
  Exact scale(Exact power) {
    return times(TWO.pow(power));
  }

  /** The whole e with {@code 2^e ≤ |this| < 2^(e+1)}; unknown of 0 and infinities. */
  Exact exponent() {
    if (finite == null || finite.signum() == 0) {
      return UNKNOWN;
    }
    Exact size = abs().times(ONE.plus(of(1e-40))); // a rounded power of 2 is not below it
    int digits = finite.precision() - finite.scale() - 1;
    int exponent = (int) Math.floor(digits / Math.log10(2));
    while (size.compareTo(ONE.scale(of(exponent + 1))) >= 0) {
      exponent++;
    }
    return of(exponent);
  }

  /** Computed once, where they are needed. */
  private static final class Constants {
    static final BigDecimal PI = Pi.of(new MathContext(DIGITS_OF_SUMS + 60));
    static final BigDecimal TWO_PI = PI.multiply(BigDecimal.TWO);
    static final BigDecimal HALF_PI = PI.divide(BigDecimal.TWO);
    static final Exact TWO_OVER_ROOT_PI = TWO.over(of(PI).sqrt());
    static final BigDecimal LN_10 = ln(BigDecimal.TEN);
  }
}
