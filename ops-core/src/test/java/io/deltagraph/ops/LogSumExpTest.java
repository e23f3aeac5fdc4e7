package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSumExpTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogSumExp();
  }

  @Test
  void foldsAllAxesOrSome() {
    assertThat(
            elements(
                x -> LogSumExp.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {32.00000011257374}, within(1e-12));
    assertThat(
            elements(
                x -> LogSumExp.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(
            new double[] {8.000911466453774, 16.000000831528375, 32.00000000000069}, within(1e-12));
    assertThat(
            elements(
                x -> LogSumExp.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {4.169846019556286, 32.00000011257292}, within(1e-12));
    assertThat(
            elements(
                x -> LogSumExp.of(x[0], List.of(1, 0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {32.00000011257374}, within(1e-12));
  }

  @Test
  void keepsTheFoldedAxesIfAsked() {
    assertThat(
            value(
                    x -> LogSumExp.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(
            value(
                    x -> LogSumExp.of(x[0], List.of(1), false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @Test
  void foldsANamedDimension() {
    assertThat(
            batched(
                x -> LogSumExp.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(
            new double[] {8.000911466453774, 16.000000831528375, 32.00000000000069}, within(1e-12));
  }

  @Test
  void hasAValueForNoElements() {
    assertThat(
            elements(
                x -> LogSumExp.of(x[0], List.of(0), false),
                Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @Test
  void neitherOverflowsNorUnderflows() {
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), 1000, 1000))
        .containsExactly(new double[] {1000.6931471805599}, within(1e-12));
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), -1000, -1000))
        .containsExactly(new double[] {-999.3068528194401}, within(1e-12));
  }

  @Test
  void takesInfinities() {
    assertThat(
            elements(
                x -> LogSumExp.of(x, List.of(), false),
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY))
        .containsExactly(Double.NEGATIVE_INFINITY);
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), Double.POSITIVE_INFINITY, 1))
        .containsExactly(Double.POSITIVE_INFINITY);
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), Double.NEGATIVE_INFINITY, 3))
        .containsExactly(3);
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), Double.NaN, 3))
        .containsExactly(Double.NaN);
  }

  @Test
  void hasTheSoftmaxAsGradient() {
    assertThat(gradient(x -> LogSumExp.of(x, List.of(), false), 0, Math.log(3)))
        .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
    assertThat(
            gradient(
                x -> LogSumExp.of(x, List.of(), false),
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY))
        .containsExactly(0, 0);
    assertThat(gradient(x -> LogSumExp.of(x, List.of(), false), Double.NEGATIVE_INFINITY, 5))
        .containsExactly(0, 1);
  }
}
