package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltagraph.graph.Value;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of one number at points where they and their slopes are known. */
class UnaryFunctionsTest {
  static Stream<Arguments> values() {
    return Stream.of(
        rounded(
            "the sine of 0°, 30° and ±90°",
            Sin::of,
            1e-15,
            at(0, Math.PI / 6, Math.PI / 2, -Math.PI / 2),
            are(0, 0.5, 1, -1)),
        exact("the sine of infinity", Sin::of, at(POSITIVE_INFINITY), are(NaN)),
        rounded(
            "the cosine of 0°, 60°, 180° and 90°",
            Cos::of,
            1e-15,
            at(0, Math.PI / 3, Math.PI, Math.PI / 2),
            are(1, 0.5, -1, 0)),
        exact("the cosine of infinity", Cos::of, at(NEGATIVE_INFINITY), are(NaN)),
        rounded(
            "exp grows exponentially",
            Exp::of,
            1e-15,
            at(0, 1, -1),
            are(1, 2.718281828459045, 0.36787944117144233)),
        exact(
            "exp far out",
            Exp::of,
            at(710, -800, NEGATIVE_INFINITY, NaN),
            are(POSITIVE_INFINITY, 0, 0, NaN)),
        rounded(
            "log is the natural logarithm",
            Log::of,
            1e-15,
            at(1, 2, 0.5, Math.E),
            are(0, 0.6931471805599453, -0.6931471805599453, 1)),
        exact(
            "log at and below 0",
            Log::of,
            at(0, -1, POSITIVE_INFINITY),
            are(NEGATIVE_INFINITY, NaN, POSITIVE_INFINITY)),
        rounded("expm1", Expm1::of, 1e-15, at(1, -1), are(1.718281828459045, -0.6321205588285577)),
        rounded("expm1 near 0", Expm1::of, 1e-25, at(1e-10), are(1.00000000005e-10)),
        exact("expm1 far out", Expm1::of, at(NEGATIVE_INFINITY, 800), are(-1, POSITIVE_INFINITY)),
        rounded("log1p", Log1p::of, 1e-16, at(1, 1e-10), are(0.6931471805599453, 9.9999999995e-11)),
        rounded("log1p near 0", Log1p::of, 1e-25, at(1e-10), are(9.9999999995e-11)),
        exact("log1p at and below −1", Log1p::of, at(-1, -2), are(NEGATIVE_INFINITY, NaN)),
        exact(
            "abs drops the sign",
            Abs::of,
            at(-2.5, 3, -0.0, NEGATIVE_INFINITY, NaN),
            are(2.5, 3, 0, POSITIVE_INFINITY, NaN)),
        exact(
            "reciprocal",
            Reciprocal::of,
            at(4, -0.5, 0, POSITIVE_INFINITY),
            are(0.25, -2, POSITIVE_INFINITY, 0)),
        exact(
            "sqrt takes the root",
            Sqrt::of,
            at(4, 2.25, 0, -1, POSITIVE_INFINITY),
            are(2, 1.5, 0, NaN, POSITIVE_INFINITY)),
        exact("square", Square::of, at(-3, 0.5, 1e200), are(9, 0.25, POSITIVE_INFINITY)),
        exact("floor rounds down", Floor::of, at(1.7, -1.2, 3, -0.5), are(1, -2, 3, -1)),
        exact("is_nan", IsNan::of, at(1, NaN, POSITIVE_INFINITY), are(0, 1, 0)),
        rounded(
            "erf, from table 7.1 of Abramowitz and Stegun",
            Erf::of,
            1e-15,
            at(0, 0.5, 1, -1, 2),
            are(
                0,
                0.5204998778130465,
                0.8427007929497149,
                -0.8427007929497149,
                0.9953222650189527)),
        exact("erf of infinity", Erf::of, at(POSITIVE_INFINITY, NEGATIVE_INFINITY), are(1, -1)));
  }

  static Stream<Arguments> slopes() {
    return Stream.of(
        exact("abs is flat at 0", Abs::of, at(-2, 0, -0.0, 3), are(-1, 0, 0, 1)),
        exact("reciprocal on both branches", Reciprocal::of, at(2, -4), are(-0.25, -0.0625)),
        exact("sqrt is vertical at 0", Sqrt::of, at(4, 0), are(0.25, POSITIVE_INFINITY)),
        exact("square", Square::of, at(-3, 0, 0.5), are(-6, 0, 1)),
        exact("floor is flat", Floor::of, at(1.5, 2), are(0, 0)));
  }

  private static Arguments rounded(
      String what, UnaryOperator<Value> function, double error, double[] x, double[] y) {
    return arguments(what, function, error, x, y);
  }

  private static Arguments exact(
      String what, UnaryOperator<Value> function, double[] x, double[] y) {
    return arguments(what, function, 0.0, x, y);
  }

  private static double[] at(double... x) {
    return x;
  }

  private static double[] are(double... y) {
    return y;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void values(String what, UnaryOperator<Value> function, double error, double[] x, double[] y) {
    hold(elements(function, x), error, y);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void slopes(String what, UnaryOperator<Value> function, double error, double[] x, double[] y) {
    hold(gradient(function, x), error, y);
  }

  private static void hold(double[] actual, double error, double... expected) {
    if (error == 0) {
      assertThat(actual).containsExactly(expected);
    } else {
      assertThat(actual).containsExactly(expected, within(error));
    }
  }
}
