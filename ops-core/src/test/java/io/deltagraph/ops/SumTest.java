package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sum();
  }

  @Test
  void foldsAllAxesOrSome() {
    assertThat(
            elements(
                x -> Sum.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {63}, within(1e-12));
    assertThat(
            elements(
                x -> Sum.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {9, 18, 36}, within(1e-12));
    assertThat(
            elements(
                x -> Sum.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {7, 56}, within(1e-12));
    assertThat(
            elements(
                x -> Sum.of(x[0], List.of(1, 0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {63}, within(1e-12));
  }

  @Test
  void keepsTheFoldedAxesIfAsked() {
    assertThat(
            value(
                    x -> Sum.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(
            value(
                    x -> Sum.of(x[0], List.of(1), false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @Test
  void foldsANamedDimension() {
    assertThat(
            batched(
                x -> Sum.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {9, 18, 36}, within(1e-12));
  }

  @Test
  void hasAValueForNoElements() {
    assertThat(
            elements(
                x -> Sum.of(x[0], List.of(0), false), Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(0, 0);
  }

  @Test
  void addsManyNumbersWithoutLosingDigits() {
    double[] tenths = new double[1_000_000];
    Arrays.fill(tenths, 0.1);
    assertThat(elements(x -> Sum.of(x, List.of(), false), tenths))
        .containsExactly(new double[] {100_000}, within(1e-7));
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertThat(refusal(x -> Sum.of(x[0], List.of(2), false), "f64[2, 3]"))
        .isEqualTo("sum cannot take f64[2, 3]: there is no axis 2 in [2, 3].");
  }

  @Test
  void refusesAnAxisGivenTwice() {
    assertThat(refusal(x -> Sum.of(x[0], List.of(1, -1), false), "f64[2, 3]"))
        .isEqualTo("sum cannot take f64[2, 3]: an axis is given twice in [1, -1].");
  }
}
