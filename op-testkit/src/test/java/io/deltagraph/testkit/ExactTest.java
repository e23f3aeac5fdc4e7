package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact numbers beside another library's decimal arithmetic, in 110 digits. */
class ExactTest {
  private static final DfpField DIGITS = new DfpField(110);
  private static final BigDecimal CLOSE = new BigDecimal("1e-40");

  /** Numbers of all sizes that f64 has, and of moderate ones more. */
  private static double[] numbers() {
    SplittableRandom random = new SplittableRandom(20_240_607);
    return DoubleStream.concat(
            DoubleStream.of(1, -1, 0.5, 2, 3.75, 17, -40, 700, -745, 1e-20, -1e-20, 1e-300),
            DoubleStream.generate(
                    () -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-12, 3)))
                .limit(16))
        .toArray();
  }

  private static void same(Exact actual, Dfp expected) {
    assertThat(actual.isFinite()).as("%s for %s", actual, expected).isTrue();
    BigDecimal right = new BigDecimal(expected.toString());
    BigDecimal gap = new BigDecimal(actual.text()).subtract(right, new MathContext(60)).abs();
    assertThat(gap).isLessThanOrEqualTo(right.abs().multiply(CLOSE));
  }

  private static void sameForAll(
      UnaryOperator<Exact> function, UnaryOperator<Dfp> other, double low, double high) {
    for (double x : numbers()) {
      if (low < x && x < high) {
        same(function.apply(Exact.of(x)), other.apply(DIGITS.newDfp(x)));
      }
    }
  }

  @Test
  void functionsAgreeWithThoseOfAnotherLibrary() {
    double all = Double.POSITIVE_INFINITY;
    Dfp one = DIGITS.getOne();
    sameForAll(Exact::exp, Dfp::exp, -all, all);
    sameForAll(Exact::expm1, x -> isTiny(x) ? x : x.exp().subtract(one), -all, all);
    sameForAll(Exact::log, Dfp::log, 0, all);
    sameForAll(Exact::log1p, x -> isTiny(x) ? x : x.add(one).log(), -1, all);
    sameForAll(Exact::sqrt, Dfp::sqrt, 0, all);
    sameForAll(Exact::sin, Dfp::sin, -all, all);
    sameForAll(Exact::cos, Dfp::cos, -all, all);
    sameForAll(Exact::tanh, x -> isTiny(x) ? x : tanh(x), -50, 50);
    sameForAll(Exact::erf, ExactTest::erf, -9, 9);
    sameForAll(x -> x.pow(Exact.of(-2.5)), x -> x.pow(DIGITS.newDfp(-2.5)), 0, all);
  }

  private static Dfp tanh(Dfp x) {
    Dfp up = x.exp();
    Dfp down = x.negate().exp();
    return up.subtract(down).divide(up.add(down));
  }

  /** Whether 1 has swallowed a number even in 110 digits. */
  private static boolean isTiny(Dfp x) {
    return Math.abs(x.toDouble()) < 1e-60;
  }

  /** {@code 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))}, whose terms grow to 10^35 for an x of 9. */
  private static Dfp erf(Dfp x) {
    Dfp power = x;
    Dfp sum = x;
    for (int n = 1; n < 330; n++) {
      power = power.multiply(x).multiply(x).negate().divide(n);
      sum = sum.add(power.divide(2 * n + 1));
    }
    return sum.multiply(2).divide(DIGITS.getPi().sqrt());
  }

  @Test
  void theSineOfALargeNumberTakesAllItsDigits() {
    // 0.8178819121159085, of Payne and Hanek's reduction.
    assertThat(Exact.of(1e300).sin().toDouble()).isEqualTo(Math.sin(1e300));
    assertThat(Exact.of(1e22).sin().toDouble()).isEqualTo(-0.8522008497671888);
    assertThat(Exact.of(0x1p1000).cos().toDouble()).isEqualTo(StrictMath.cos(0x1p1000));
  }

  @Test
  void sumsLoseNothingThatADoubleHolds() {
    Exact tiny = Exact.of(-700).exp();
    assertThat(Exact.ONE.plus(tiny).minus(Exact.ONE).toDouble()).isEqualTo(9.85967654375977E-305);
    assertThat(Exact.ONE.minus(Exact.of(300).tanh()).toDouble()).isEqualTo(2 * Math.exp(-600));
    assertThat(Exact.ONE.minus(Exact.of(26).erf()).toDouble()).isBetween(5.6e-296, 5.7e-296);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 9",
    "-3, 2, 9",
    "-3, 3, -27",
    "-2, -1, -0.5",
    "0, 2, 0",
    "5, 0, 1",
    "0, 0, 1",
    "0, -1, NaN",
    "-8, 0.5, NaN",
    "Infinity, -1, 0",
    "Infinity, 2, Infinity",
  })
  void powersAreThoseOfMath(double x, double p, Double expected) {
    assertThat(Exact.of(x).pow(Exact.of(p)).toDouble()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "0.75, -1",
    "2, 1",
    "3.9, 1",
    "4, 2",
    "1e300, 996",
    "1e-300, -997",
    "5e-324, -1074",
  })
  void exponentsAreThoseOfDoubles(double x, int exponent) {
    assertThat(Exact.of(-x).exponent().toDouble()).isEqualTo(exponent);
  }

  @Test
  void infinitiesAddUpOrAreUnknown() {
    Exact minus = Exact.INFINITY.negate();
    assertThat(Exact.INFINITY.plus(Exact.ONE)).isEqualTo(Exact.INFINITY);
    assertThat(Exact.INFINITY.plus(minus).isUnknown()).isTrue();
    assertThat(Exact.INFINITY.times(Exact.ZERO).isUnknown()).isTrue();
    assertThat(Exact.INFINITY.times(Exact.of(-2))).isEqualTo(minus);
    assertThat(Exact.ONE.over(Exact.INFINITY)).isEqualTo(Exact.ZERO);
    assertThat(Exact.ONE.over(Exact.ZERO).isUnknown()).isTrue();
    assertThat(Exact.of(1e300).exp()).isEqualTo(Exact.INFINITY);
    assertThat(Exact.of(-1e300).exp()).isEqualTo(Exact.ZERO);
    assertThat(minus.erf().toDouble()).isEqualTo(-1);
    assertThat(minus.tanh().toDouble()).isEqualTo(-1);
    assertThat(Exact.of(-1).log().isUnknown()).isTrue();
    assertThat(Exact.ZERO.log()).isEqualTo(minus);
    assertThat(Exact.of(-1).sqrt().isUnknown()).isTrue();
    assertThat(minus.compareTo(Exact.of(-1e308))).isNegative();
  }

  @Test
  void aLimitIsWhereTwoDistancesAgree() {
    Exact near = Exact.of(Double.POSITIVE_INFINITY, 400);
    Exact further = Exact.of(Double.POSITIVE_INFINITY, 800);
    UnaryOperator<Exact> softsign = x -> x.over(x.abs().plus(Exact.ONE));
    assertThat(softsign.apply(near).limit(softsign.apply(further)).toDouble()).isEqualTo(1);
    assertThat(Exact.ONE.over(near).limit(Exact.ONE.over(further))).isEqualTo(Exact.ZERO);
    assertThat(near.log().limit(further.log()).isUnknown()).as("grows").isTrue();
    assertThat(near.limit(further).isUnknown()).as("grows").isTrue();
    assertThat(near.sin().limit(further.sin()).isUnknown()).as("swings").isTrue();
  }

  @Test
  void wholeNumbersAreRoundedAsTheEngineDoes() {
    assertThat(Exact.of(-1.5).floor().toDouble()).isEqualTo(-2);
    assertThat(Exact.of(2.5).round().toDouble()).isEqualTo(2);
    assertThat(Exact.of(-0.5).round().isZero()).isTrue();
    assertThat(Exact.of(3).scale(Exact.of(-4)).toDouble()).isEqualTo(3 / 16.0);
  }
}
