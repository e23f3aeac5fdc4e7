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

class Norm1Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Norm1();
  }

  @Test
  void foldsAllAxesOrSome() {
    assertThat(
            elements(
                x -> Norm1.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {63}, within(1e-12));
    assertThat(
            elements(
                x -> Norm1.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {9, 18, 36}, within(1e-12));
    assertThat(
            elements(
                x -> Norm1.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {7, 56}, within(1e-12));
    assertThat(
            elements(
                x -> Norm1.of(x[0], List.of(1, 0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {63}, within(1e-12));
  }

  @Test
  void keepsTheFoldedAxesIfAsked() {
    assertThat(
            value(
                    x -> Norm1.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(
            value(
                    x -> Norm1.of(x[0], List.of(1), false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @Test
  void foldsANamedDimension() {
    assertThat(
            batched(
                x -> Norm1.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {9, 18, 36}, within(1e-12));
  }

  @Test
  void hasAValueForNoElements() {
    assertThat(
            elements(
                x -> Norm1.of(x[0], List.of(0), false),
                Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(0, 0);
  }

  @Test
  void addsMagnitudes() {
    assertThat(elements(x -> Norm1.of(x, List.of(), false), -1, 2, -3)).containsExactly(6);
  }

  @Test
  void hasTheDerivativeZeroAtZero() {
    assertThat(gradient(x -> Norm1.of(x, List.of(), false), -1, 0, 3)).containsExactly(-1, 0, 1);
  }
}
