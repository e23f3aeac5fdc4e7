package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the positions of the largest and of the smallest element. */
class ArgMaxArgMinTest {
  private static final Tensor X = Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32});

  /** A reduction to a position. */
  enum Position {
    ARG_MAX(1) {
      @Override
      Value of(Value x, List<Integer> axes, boolean keepdims) {
        return ArgMax.of(x, axes, keepdims);
      }
    },
    ARG_MIN(-1) {
      @Override
      Value of(Value x, List<Integer> axes, boolean keepdims) {
        return ArgMin.of(x, axes, keepdims);
      }
    };

    /** 1 where the largest is wanted, else −1. */
    private final int sign;

    Position(int sign) {
      this.sign = sign;
    }

    abstract Value of(Value x, List<Integer> axes, boolean keepdims);

    Value of(Value x) {
      return of(x, List.of(), false);
    }
  }

  @ParameterizedTest
  @CsvSource({"ARG_MAX, 5, 1, 2", "ARG_MIN, 0, 0, 0"})
  void countsFromZeroAlongTheAxes(Position op, double all, double column, double row) {
    assertThat(elements(x -> op.of(x[0]), X)).containsExactly(all);
    assertThat(elements(x -> op.of(x[0], List.of(0), false), X))
        .containsExactly(column, column, column);
    assertThat(elements(x -> op.of(x[0], List.of(-1), false), X)).containsExactly(row, row);
  }

  @ParameterizedTest
  @EnumSource
  void givesI32(Position op) {
    assertThat(value(x -> op.of(x[0], List.of(1), true), X).type())
        .isEqualTo(TensorType.of(DType.I32, 2, 1));
  }

  @ParameterizedTest
  @CsvSource({"ARG_MAX, 1, -Infinity", "ARG_MIN, 0, Infinity"})
  void takesTheFirstOfSeveral(Position op, double first, double infinite) {
    assertThat(elements(op::of, 1, 3, 1, 3, 1)).containsExactly(first);
    assertThat(elements(op::of, infinite, infinite)).containsExactly(0);
  }

  @ParameterizedTest
  @EnumSource
  void takesTheFirstOfSeveralInAnyOrderOfFolding(Position op) {
    double[] ones = new double[10_000];
    Arrays.fill(ones, 777, 10_000, op.sign);
    assertThat(elements(op::of, ones)).containsExactly(777);
  }

  @ParameterizedTest
  @EnumSource
  void takesTheFirstNaN(Position op) {
    assertThat(elements(op::of, 1, Double.NaN, 5, Double.NaN)).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"ARG_MAX, arg_max", "ARG_MIN, arg_min"})
  void refusesToChooseFromNothing(Position op, String name) {
    assertThat(refusal(x -> op.of(x[0], List.of(0), false), "f64[0, 2]"))
        .isEqualTo(name + " cannot take f64[0, 2]: axis 0 has no elements to choose from.");
  }
}
