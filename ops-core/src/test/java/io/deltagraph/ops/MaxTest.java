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

class MaxTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Max();
  }

  @Test
  void foldsAllAxesOrSome() {
    assertThat(
            elements(
                x -> Max.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {32}, within(1e-12));
    assertThat(
            elements(
                x -> Max.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {8, 16, 32}, within(1e-12));
    assertThat(
            elements(
                x -> Max.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {4, 32}, within(1e-12));
    assertThat(
            elements(
                x -> Max.of(x[0], List.of(1, 0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {32}, within(1e-12));
  }

  @Test
  void keepsTheFoldedAxesIfAsked() {
    assertThat(
            value(
                    x -> Max.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(
            value(
                    x -> Max.of(x[0], List.of(1), false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @Test
  void foldsANamedDimension() {
    assertThat(
            batched(
                x -> Max.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {8, 16, 32}, within(1e-12));
  }

  @Test
  void hasAValueForNoElements() {
    assertThat(
            elements(
                x -> Max.of(x[0], List.of(0), false), Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @Test
  void sharesTheGradientEquallyAtTies() {
    assertThat(gradient(x -> Max.of(x, List.of(), false), 3, 1, 3)).containsExactly(0.5, 0, 0.5);
  }

  @Test
  void isNaNIfAnyElementIs() {
    assertThat(elements(x -> Max.of(x, List.of(), false), 1, Double.NaN, 3))
        .containsExactly(Double.NaN);
    assertThat(gradient(x -> Max.of(x, List.of(), false), 1, Double.NaN, 3))
        .containsExactly(0, 0, 0);
  }
}
