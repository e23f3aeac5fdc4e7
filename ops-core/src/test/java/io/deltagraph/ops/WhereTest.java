package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import org.junit.jupiter.api.Test;

class WhereTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Where();
  }

  @Test
  void choosesByTheMask() {
    assertThat(
            elements(
                x -> Where.of(x[0], x[1], x[2]),
                Tensor.vector(1, 0).cast(DType.BOOL),
                Tensor.vector(1, 2),
                Tensor.vector(3, 4)))
        .containsExactly(1, 4);
    assertThat(
            elements(
                x -> Where.of(x[0], x[1], x[2]),
                Tensor.vector(1, 0).cast(DType.BOOL),
                Tensor.indices(1, 2),
                Tensor.indices(3, 4)))
        .containsExactly(1, 4);
    assertThat(
            elements(
                x -> Where.of(x[0], x[1], x[2]),
                Tensor.vector(1, 0).cast(DType.BOOL),
                Tensor.vector(1, Double.NaN),
                Tensor.vector(Double.NaN, 4)))
        .containsExactly(1, 4);
  }

  @Test
  void keepsTheGradientsOfBothBranchesApart() {
    assertThat(
            elements(
                derivative(x -> Where.of(x[0], x[1], x[2]), 1),
                Tensor.vector(1, 0).cast(DType.BOOL),
                Tensor.vector(1, Double.POSITIVE_INFINITY),
                Tensor.vector(Double.NaN, 4)))
        .containsExactly(1, 0);
    assertThat(
            elements(
                derivative(x -> Where.of(x[0], x[1], x[2]), 2),
                Tensor.vector(1, 0).cast(DType.BOOL),
                Tensor.vector(1, Double.POSITIVE_INFINITY),
                Tensor.vector(Double.NaN, 4)))
        .containsExactly(0, 1);
  }

  @Test
  void refusesAMaskOfNumbers() {
    assertThat(refusal(x -> Where.of(x[0], x[1], x[2]), "f64[2]", "f64[2]", "f64[2]"))
        .contains("'mask' takes bool, got f64");
  }
}
