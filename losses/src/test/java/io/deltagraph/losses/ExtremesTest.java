package io.deltagraph.losses;

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
import java.util.function.BinaryOperator;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Losses of outputs far out, where an error is small beside the target that it is an error of. The
 * right values are computed in 60 decimal digits.
 */
class ExtremesTest {
  private static final DfpField DIGITS = new DfpField(60);

  /** What becomes of one output and one target. */
  private static double run(DType dtype, BinaryOperator<Value> of, double output, double target) {
    TensorType type = TensorType.of(dtype, 1, 1);
    return Calculation.value(
            x -> of.apply(x[0], x[1]), Tensor.of(type, output), Tensor.of(type, target))
        .item();
  }

  private static double slope(DType dtype, String loss, double z, double t) {
    return run(dtype, (x, y) -> Gradient.of(x.op(loss, y), List.of(x)).wrt(x), z, t);
  }

  private static double curvature(DType dtype, String loss, double z, double t) {
    return run(dtype, (x, y) -> Derivatives.hessian(x.op(loss, y), x), z, t);
  }

  private static Dfp sigmoid(double z) {
    return DIGITS.getOne().divide(DIGITS.newDfp(-z).exp().add(1));
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 17, 1, -4.14e-8", "F32, 20, 1, -2.06e-9", "F64, 40, 1, -4.25e-18", "F32, -17, 0, 4.14e-8",
    "F32, -17, 1, -1", "F32, 17, 0, 1", "F32, 80, 1, -1.8e-35", "F64, 700, 1, -9.86e-305",
    "F64, -700, 0, 9.86e-305", "F32, 3, 1, -0.04743", "F64, 3, 0.25, 0.70257", "F64, 0, 1, -0.5",
    "F64, -2, 0.75, -0.6308", "F32, 1e30, 1, 0", "F32, -1e30, 0, 0", "F32, 1e30, 0, 1",
  })
  void theErrorOfALogitKeepsItsDigits(DType dtype, double z, double t, double about) {
    Dfp above = sigmoid(z).multiply(DIGITS.getOne().subtract(DIGITS.newDfp(t)));
    double expected = above.subtract(sigmoid(-z).multiply(DIGITS.newDfp(t))).toDouble();
    assertThat(expected).isCloseTo(about, within(0.005 * Math.abs(about) + 1e-300));
    assertThat(slope(dtype, "binary_cross_entropy_with_logits", z, t))
        .isCloseTo(expected, within(4 * dtype.epsilon() * Math.abs(expected)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 0", "-0.0, 0.5", "2, 1", "-3, 1", "3, 0", "0.5, 0.25"})
  void theCurvatureOfALogitIsThatOfOneFunction(double z, double t) {
    double expected = sigmoid(z).multiply(sigmoid(-z)).toDouble();
    assertThat(curvature(DType.F64, "binary_cross_entropy_with_logits", z, t))
        .isCloseTo(expected, within(8 * DType.F64.epsilon()));
  }

  @Test
  void theErrorOfAClassIsExactToTheRoundingOfItsTarget() {
    TensorType type = TensorType.of(DType.F32, 1, 2);
    Calculation.Expression gradient =
        Calculation.derivative(x -> x[0].op("softmax_cross_entropy", x[1]), 0);
    for (double gap : new double[] {1, 5, 10, 17, 20}) {
      double[] actual =
          Calculation.elements(gradient, Tensor.of(type, gap, 0), Tensor.of(type, 1, 0));
      double error = sigmoid(-gap).toDouble();
      assertThat(actual[0]).isCloseTo(-error, within(2 * DType.F32.epsilon()));
      assertThat(actual[1]).isCloseTo(error, within(4 * DType.F32.epsilon() * error));
    }
  }

  @Test
  void hingeHasNoSlopeByTheLabelWhereItHasNone() {
    double infinite = Double.POSITIVE_INFINITY;
    double slope =
        run(DType.F64, (z, t) -> Gradient.of(z.op("hinge", t), List.of(t)).wrt(t), infinite, 1);
    assertThat(slope).isZero();
    assertThat(slope(DType.F64, "hinge", infinite, 1)).isZero();
    assertThat(slope(DType.F64, "hinge", -infinite, 1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "mean_squared_error,    1e25,  0, 2e25", "half_squared_error, 1e25,  0, 1e25",
    "mean_squared_error,    1e-25, 0, 2e-25", "half_squared_error, 1e-25, 0, 1e-25",
    "huber,                 1e25,  0, 1", "huber,              1e-25, 0, 1e-25",
    "mean_absolute_error,   1e-40, 0, 1", "supremum,           1e38,  0, 1",
    "hinge,                 1e38,  1, 0", "hinge,             -1e38,  1, -1",
    "squared_distance,      1e30,  1e30, 0",
  })
  void slopesStayWhereSquaresLeaveTheRange(
      String loss, double output, double target, double expected) {
    assertThat(slope(DType.F32, loss, output, target))
        .isCloseTo(expected, within(4 * DType.F32.epsilon() * Math.abs(expected)));
  }
}
