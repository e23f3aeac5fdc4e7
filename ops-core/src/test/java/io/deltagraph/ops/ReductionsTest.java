package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for all ops that fold axes into one number. What is peculiar to one stands in the test
 * of its op.
 */
class ReductionsTest {
  private static final Tensor X = Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32});
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** A reduction applied. */
  @FunctionalInterface
  interface Fold {
    Value of(Value x, List<Integer> axes, boolean keepdims);
  }

  /** A reduction, with what it makes of the matrix (1 2 4; 8 16 32) and of nothing. */
  @SuppressWarnings("ImmutableEnumChecker") // method references and numbers that nobody changes
  enum Reduced {
    SUM(Sum::of, 63, columns(9, 18, 36), rows(7, 56), 0),
    MEAN(Mean::of, 10.5, columns(4.5, 9, 18), rows(7.0 / 3, 56.0 / 3), Double.NaN),
    PROD(Prod::of, 32768, columns(8, 32, 128), rows(8, 4096), 1),
    MAX(Max::of, 32, columns(8, 16, 32), rows(4, 32), Double.NEGATIVE_INFINITY),
    MIN(Min::of, 1, columns(1, 2, 4), rows(1, 8), Double.POSITIVE_INFINITY),
    NORM1(Norm1::of, 63, columns(9, 18, 36), rows(7, 56), 0),
    NORM2(
        Norm2::of,
        36.945906403822335,
        columns(8.06225774829855, 16.1245154965971, 32.2490309931942),
        rows(4.58257569495584, 36.66060555964672),
        0),
    LOG_SUM_EXP(
        LogSumExp::of,
        32.00000011257374,
        columns(8.000911466453774, 16.000000831528375, 32.00000000000069),
        rows(4.169846019556286, 32.00000011257292),
        Double.NEGATIVE_INFINITY);

    private final Fold fold;
    private final double all;
    private final double[] columns;
    private final double[] rows;
    private final double ofNothing;

    Reduced(Fold fold, double all, double[] columns, double[] rows, double ofNothing) {
      this.fold = fold;
      this.all = all;
      this.columns = columns;
      this.rows = rows;
      this.ofNothing = ofNothing;
    }
  }

  private static double[] columns(double... columns) {
    return columns;
  }

  private static double[] rows(double... rows) {
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void foldsAllAxesOrSome(Reduced op) {
    assertThat(elements(x -> op.fold.of(x[0], List.of(), false), X))
        .containsExactly(new double[] {op.all}, ROUNDING);
    assertThat(elements(x -> op.fold.of(x[0], List.of(0), false), X))
        .containsExactly(op.columns, ROUNDING);
    assertThat(elements(x -> op.fold.of(x[0], List.of(-1), false), X))
        .containsExactly(op.rows, ROUNDING);
    assertThat(elements(x -> op.fold.of(x[0], List.of(1, 0), false), X))
        .containsExactly(new double[] {op.all}, ROUNDING);
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheFoldedAxesIfAsked(Reduced op) {
    assertThat(value(x -> op.fold.of(x[0], List.of(1), true), X).type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(value(x -> op.fold.of(x[0], List.of(1), false), X).type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @ParameterizedTest
  @EnumSource
  void foldsANamedDimension(Reduced op) {
    assertThat(batched(x -> op.fold.of(x[0], List.of(0), false), X))
        .containsExactly(op.columns, ROUNDING);
  }

  @ParameterizedTest
  @EnumSource
  void hasAValueForNoElements(Reduced op) {
    assertThat(
            elements(
                x -> op.fold.of(x[0], List.of(0), false),
                Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(op.ofNothing, op.ofNothing);
  }
}
