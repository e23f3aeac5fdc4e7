package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Large and small numbers, where squares, exponentials and rounded sums leave the range or lose
 * digits that the result has. The right values are exact or from 60 decimal digits.
 */
class ExtremesTest {
  private static final DfpField DIGITS = new DfpField(60);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** A function of one vector. */
  private record Of(DType dtype, UnaryOperator<Value> function) {
    double[] value(double... x) {
      return run(function, x);
    }

    double[] gradient(double seed, double... x) {
      return run(v -> pulled(v, seed), x);
    }

    double[] hessian(double... x) {
      return run(v -> Derivatives.hessian(function.apply(v), v), x);
    }

    private Value pulled(Value x, double seed) {
      Value y = function.apply(x);
      Value cotangent = y.constant(seed).broadcastTo(y.shape());
      return Gradient.pullback(y, cotangent, List.of(x)).wrt(x);
    }

    private double[] run(UnaryOperator<Value> of, double... x) {
      Tensor tensor = Tensor.of(TensorType.of(dtype, x.length), x);
      return Calculation.elements(v -> of.apply(v[0]), tensor);
    }

    /** Asserts numbers to a few roundings of each. */
    void hold(double[] actual, double... expected) {
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        double allowed = 8 * dtype.epsilon() * Math.abs(expected[i]);
        if (Double.isFinite(allowed)) {
          assertThat(actual[i]).isCloseTo(expected[i], within(allowed));
        } else {
          assertThat(actual[i]).isEqualTo(expected[i]);
        }
      }
    }
  }

  private static Of single(UnaryOperator<Value> function) {
    return new Of(DType.F32, function);
  }

  private static Of wide(UnaryOperator<Value> function) {
    return new Of(DType.F64, function);
  }

  private static double[] softmax(double... x) {
    Dfp[] powers = Arrays.stream(x).mapToObj(z -> DIGITS.newDfp(z).exp()).toArray(Dfp[]::new);
    Dfp sum = Arrays.stream(powers).reduce(DIGITS.getZero(), Dfp::add);
    return Arrays.stream(powers).mapToDouble(power -> power.divide(sum).toDouble()).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 1e3",
    "F32, -1e3",
    "F32, 1e7",
    "F32, 1e8",
    "F32, -1e38",
    "F64, 1e16",
    "F64, 1e300"
  })
  void logSumExpSharesItsGradientAmongEquals(DType dtype, double m) {
    Of of = new Of(dtype, x -> x.op("log_sum_exp"));
    of.hold(of.gradient(1, m, m), 0.5, 0.5);
    of.hold(of.hessian(m, m), 0.25, -0.25, -0.25, 0.25);
  }

  @Test
  void theGradientOfLogSumExpIsSoftmaxFarOut() {
    Of of = wide(x -> x.op("log_sum_exp"));
    of.hold(of.gradient(1, 1e8, 1e8 - 1, 1e8 - 30), softmax(0, -1, -30));
    of.hold(of.gradient(1, -1e15, -1e15 - 2), softmax(0, -2));
    of.hold(of.gradient(1e300, 3, -5), Arrays.stream(softmax(3, -5)).map(s -> 1e300 * s).toArray());
    of.hold(of.gradient(0, 1e300, -1e300), 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"F32", "F64"})
  void logSumExpOfInfinitiesHasTheGradientOfItsLimit(DType dtype) {
    Of of = new Of(dtype, x -> x.op("log_sum_exp"));
    of.hold(of.gradient(1, INFINITY, 1), 1, 0);
    of.hold(of.gradient(1, INFINITY, INFINITY), 0.5, 0.5);
    of.hold(of.gradient(1, -INFINITY, 1), 0, 1);
    of.hold(of.gradient(1, -INFINITY, -INFINITY), 0, 0);
  }

  @Test
  void logSumExpKeepsWhatIsSmallBesideItsLargestTerm() {
    Of wide = wide(x -> x.op("log_sum_exp"));
    Dfp rest = DIGITS.newDfp(-17).exp();
    wide.hold(wide.value(-17, 0), rest.add(1).log().toDouble());
    Dfp two = DIGITS.newDfp(-40).exp().add(DIGITS.newDfp(-41).exp());
    wide.hold(wide.value(0, -40, -41), two.add(1).log().toDouble());
    wide.hold(wide.value(-INFINITY, -INFINITY), -INFINITY);
    wide.hold(wide.value(INFINITY, INFINITY, 1), INFINITY);
    wide.hold(wide.value(1e300, -1e300), 1e300);
    assertThat(wide.value(1, Double.NaN, INFINITY)).containsExactly(Double.NaN);
  }

  @Test
  void theVarianceOfLargeNumbersIsThatOfTheirDistances() {
    Of single = single(x -> x.op("variance"));
    single.hold(single.value(3e19, 3e19), 0);
    single.hold(single.gradient(1, 3e19, 3e19), 0, 0);
    single.hold(single.value(3e38, 3e38, 3e38), 0);
    double apart = (float) (3.8e19 * (1 + 1e-6)) - (double) (float) 3.8e19;
    single.hold(single.value(3.8e19, 3.8e19 * (1 + 1e-6)), apart / 2 * (apart / 2));
    single.hold(single.value(2e19, 0, 0, 0), 7.5e37);
    Of wide = wide(x -> x.op("variance"));
    wide.hold(wide.value(1e160, 1e160), 0);
    wide.hold(wide.gradient(1, 1e160, 1e160), 0, 0);
    wide.hold(wide.value(-1e153, 1e153), 1e306);
    wide.hold(wide.gradient(1e150, -1e153, 1e153), -1e303, 1e303);
  }

  @Test
  void theGradientOfAVarianceFarFromZeroKeepsItsDigits() {
    Of single = single(x -> x.op("variance"));
    single.hold(single.gradient(1, 1e4, 1e4 + 0.0625, 1e4 - 0.0625, 1e4), 0, 0.03125, -0.03125, 0);
    Of wide = wide(x -> x.op("variance"));
    wide.hold(wide.gradient(1, 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16), -3, -1.5, 1.5, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 1e-20, 1e-10, -1e30",
    "F32, 1e-20, 0, -0.0",
    "F32, 1e25, 1e38, -1e-12",
    "F32, -1e25, 1e38, -1e-12",
    "F64, 1e-160, 1e-20, -1e300",
    "F64, 1e-160, 0, -0.0",
    "F64, 1e200, 1e300, -1e-100",
  })
  void theGradientOfAReciprocalDoesNotPassThroughItsSquare(
      DType dtype, double x, double seed, double expected) {
    Of reciprocal = new Of(dtype, v -> v.reciprocal());
    reciprocal.hold(reciprocal.gradient(seed, x), expected);
    Of power = new Of(dtype, v -> v.pow(v.constant(-1)));
    power.hold(power.gradient(seed, x), expected);
    Of quotient = new Of(dtype, v -> v.constant(1).over(v));
    quotient.hold(quotient.gradient(seed, x), expected);
  }

  @Test
  void powersKeepTheirLimitsAtZeroAndInfinity() {
    Of inverse = wide(x -> x.pow(x.constant(-2)));
    inverse.hold(inverse.gradient(1, 0.0, INFINITY, 2, -2), -INFINITY, 0, -0.25, 0.25);
    Of square = single(x -> x.pow(x.constant(2)));
    square.hold(square.gradient(1, 0, 1e25, 1e-25, -3), 0, 2e25, 2e-25, -6);
    Of root = wide(x -> x.pow(x.constant(0.5)));
    root.hold(root.gradient(1, 0, 1e-300, 4), INFINITY, 5e149, 0.25);
    Of line = wide(x -> x.pow(x.constant(1)));
    line.hold(line.gradient(1, 0, 5), 1, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 1e-23", "F32, 1e-40", "F32, 1e-10", "F32, 1", "F32, 1e15", "F32, 1e19", "F32, 6e37",
    "F64, 1e-163", "F64, 1e-310", "F64, 1e-154", "F64, 1", "F64, 1e150", "F64, 1e160", "F64, 3e307",
  })
  void theNormNeitherOverflowsNorUnderflows(DType dtype, double unit) {
    Of of = new Of(dtype, x -> x.op("norm2"));
    double rounded = dtype.round(unit);
    double[] x = {3 * rounded, 4 * rounded};
    assertThat(of.value(x)[0])
        .isCloseTo(
            5 * rounded,
            within(8 * dtype.epsilon() * 5 * rounded + 2 * dtype.round(Double.MIN_VALUE)));
    of.hold(of.gradient(1, x), 0.6, 0.8);
    of.hold(of.gradient(0, x), 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"F32", "F64"})
  void theNormHasADirectionAtInfinity(DType dtype) {
    Of of = new Of(dtype, x -> x.op("norm2"));
    assertThat(of.gradient(1, -INFINITY, 3)).containsExactly(new double[] {-1, 0}, within(1e-37));
  }

  @ParameterizedTest
  @CsvSource({"-1.5, 0, 0", "0.5, 0, Infinity", "1, 1, Infinity"})
  void powersOfInfinityHaveTheirLimits(double p, double slope, double byExponent) {
    Of base = wide(x -> x.pow(x.constant(p)));
    base.hold(base.gradient(1, INFINITY), slope);
    Of exponent = wide(x -> x.constant(INFINITY).pow(x));
    exponent.hold(exponent.gradient(1, p), byExponent);
    Of vanishing = wide(x -> x.constant(2).pow(x));
    vanishing.hold(vanishing.gradient(1, -INFINITY), 0);
  }

  @Test
  void theNormAddsLargeToSmall() {
    Of single = single(x -> x.op("norm2"));
    single.hold(single.value(3e30, 4, 1e-30), 3e30);
    single.hold(single.value(3, 4, 1e-30), 5);
    single.hold(single.value(3e15, 4e15, 0), 5e15);
    single.hold(single.value(3e-19, 4e-19, 0), 5e-19);
    single.hold(single.value(3e16, 4e15), 3.026549190084311e16);
    single.hold(single.value(0, -0.0), 0);
    single.hold(single.value(INFINITY, 1), INFINITY);
    assertThat(single.value(Double.NaN, 1e30)).containsExactly(Double.NaN);
    assertThat(single.value(1e-30, Double.NaN)).containsExactly(Double.NaN);
    assertThat(single.value(INFINITY, Double.NaN)).containsExactly(Double.NaN);
    Of wide = wide(x -> x.op("norm2"));
    wide.hold(wide.value(3e-163, 4e-163, 1e-170), 5e-163);
    wide.hold(wide.value(3e160, 4e160, 1, 1e-200), 5e160);
  }
}
