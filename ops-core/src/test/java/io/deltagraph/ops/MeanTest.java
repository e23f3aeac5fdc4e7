package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
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

class MeanTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Mean();
  }

  @Test
  void foldsAllAxesOrSome() {
    assertThat(
            elements(
                x -> Mean.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {10.5}, within(1e-12));
    assertThat(
            elements(
                x -> Mean.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {4.5, 9, 18}, within(1e-12));
    assertThat(
            elements(
                x -> Mean.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {7.0 / 3, 56.0 / 3}, within(1e-12));
    assertThat(
            elements(
                x -> Mean.of(x[0], List.of(1, 0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {10.5}, within(1e-12));
  }

  @Test
  void keepsTheFoldedAxesIfAsked() {
    assertThat(
            value(
                    x -> Mean.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(
            value(
                    x -> Mean.of(x[0], List.of(1), false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @Test
  void foldsANamedDimension() {
    assertThat(
            batched(
                x -> Mean.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {4.5, 9, 18}, within(1e-12));
  }

  @Test
  void hasAValueForNoElements() {
    assertThat(
            elements(
                x -> Mean.of(x[0], List.of(0), false),
                Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void dividesTheGradientByTheSizeOfANamedDimension() {
    assertThat(
            batched(
                derivative(x -> Mean.of(x[0], List.of(0), false), 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, within(1e-15));
  }
}
