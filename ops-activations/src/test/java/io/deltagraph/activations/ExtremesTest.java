package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Activations far out: their limits at ±∞, and slopes whose parts leave the range. The right values
 * are limits, or computed in 60 decimal digits.
 */
class ExtremesTest {
  private static final DfpField DIGITS = new DfpField(60);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Tensor run(DType dtype, UnaryOperator<Value> of, double... x) {
    return Calculation.value(v -> of.apply(v[0]), Tensor.of(TensorType.of(dtype, x.length), x));
  }

  private static double[] value(DType dtype, String op, Map<String, ?> attributes, double... x) {
    return run(dtype, v -> v.op(op, attributes), x).toDoubles();
  }

  private static double[] slope(
      DType dtype, String op, Map<String, ?> attributes, double seed, double... x) {
    return run(dtype, v -> pulled(v.op(op, attributes), v, seed), x).toDoubles();
  }

  private static Value pulled(Value y, Value x, double seed) {
    return Gradient.pullback(y, y.constant(seed).broadcastTo(y.shape()), List.of(x)).wrt(x);
  }

  @ParameterizedTest
  @CsvSource({
    "gelu,        none, 0, 1", "gelu,     tanh, 0, 1", "silu,       , 0, 1", "mish,       , 0, 1",
    "sigmoid,     ,     0, 0", "tanh,     ,     0, 0", "softplus,   , 0, 1", "softsign,   , 0, 0",
    "log_sigmoid, ,     1, 0", "elu,      ,     0, 1", "relu,       , 0, 1",
  })
  void theSlopesAtInfinityAreTheirLimits(String op, String form, double below, double above) {
    Map<String, ?> attributes = form == null ? Map.of() : Map.of("approximate", form);
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (double far : new double[] {INFINITY, dtype == DType.F32 ? 1e38 : 1e308, 1e20, 1e10}) {
        assertThat(slope(dtype, op, attributes, 1, -far, far))
            .as("%s at %s in %s", op, far, dtype)
            .containsExactly(new double[] {below, above}, within(0x1p-60));
      }
      assertThat(slope(dtype, op, attributes, 0, -1e30, 1e30, -INFINITY, INFINITY))
          .containsExactly(new double[4], within(0.0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gelu, none, 0",
    "gelu, tanh, 0",
    "silu, , 0",
    "mish, , 0",
    "softplus, , 0",
    "sigmoid, , 0",
    "elu, , -1",
    "tanh, , -1",
    "softsign, , -1",
    "relu, , 0",
  })
  void theValuesAtInfinityAreTheirLimits(String op, String form, double below) {
    Map<String, ?> attributes = form == null ? Map.of() : Map.of("approximate", form);
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      double[] y = value(dtype, op, attributes, -INFINITY, INFINITY);
      assertThat(y[0]).isCloseTo(below, within(0.0));
      assertThat(y[1]).isIn(INFINITY, 1.0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void theTanhFormOfGeluKeepsItsSlopeWhereCubesOverflow(DType dtype) {
    double far = dtype == DType.F32 ? 1.9e19 : 1.4e154;
    Map<String, ?> tanh = Map.of("approximate", "tanh");
    assertThat(slope(dtype, "gelu", tanh, 1, -far, far)).containsExactly(0, 1);
    double second = run(dtype, v -> Derivatives.hessian(v.op("gelu", tanh).sum(), v), far).item();
    assertThat(second).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 1e25, 1e38, 1e-12",
    "F32, -1e25, 1e38, 1e-12",
    "F32, 1e30, 0, 0",
    "F64, 1e200, 1e300, 1e-100",
    "F64, 3, 1, 0.0625",
  })
  void theSlopeOfSoftsignDoesNotPassThroughASquare(
      DType dtype, double x, double seed, double expected) {
    assertThat(slope(dtype, "softsign", Map.of(), seed, x)[0])
        .isCloseTo(expected, within(8 * dtype.epsilon() * expected));
  }

  private static Dfp power(double x) {
    return DIGITS.newDfp(x).exp();
  }

  /** {@code e^−x / (1 + e^−x)²}. */
  private static double sigmoidSlope(double x) {
    Dfp below = power(-Math.abs(x)).add(1);
    return power(-Math.abs(x)).divide(below).divide(below).toDouble();
  }

  /** {@code 4 / (e^x + e^−x)²}. */
  private static double tanhSlope(double x) {
    Dfp sum = power(x).add(power(-x));
    return DIGITS.newDfp(4).divide(sum).divide(sum).toDouble();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void theSlopesOfSigmoidAndTanhAreExactToTheRoundingOfOne(DType dtype) {
    for (double x = -45; x <= 45; x += 0.3721) {
      double at = dtype.round(x);
      assertThat(slope(dtype, "sigmoid", Map.of(), 1, at)[0])
          .isCloseTo(sigmoidSlope(at), within(dtype.epsilon()));
      assertThat(slope(dtype, "tanh", Map.of(), 1, at)[0])
          .isCloseTo(tanhSlope(at), within(4 * dtype.epsilon()));
    }
    // What the bound allows: nothing is left of these slopes.
    double gone = dtype == DType.F32 ? 10 : 20;
    assertThat(slope(dtype, "tanh", Map.of(), 1, gone)).containsExactly(0);
    assertThat(tanhSlope(gone)).isPositive();
  }

  @Test
  void theLowerTailOfSigmoidKeepsItsDigits() {
    for (double x : new double[] {-5, -36, -80, -700}) {
      double expected = sigmoidSlope(x);
      assertThat(slope(DType.F64, "sigmoid", Map.of(), 1, x)[0])
          .isCloseTo(expected, within(1e-15 * expected));
    }
  }
}
