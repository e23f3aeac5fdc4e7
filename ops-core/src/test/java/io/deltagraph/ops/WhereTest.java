package io.deltagraph.ops;

import static io.deltagraph.ops.Calculation.elements;
import static io.deltagraph.ops.Calculation.gradient;
import static io.deltagraph.ops.Calculation.mask;
import static io.deltagraph.ops.Calculation.refusal;
import static io.deltagraph.ops.Calculation.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
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
                mask(1, 0),
                Tensor.vector(1, 2),
                Tensor.vector(3, 4)))
        .containsExactly(1, 4);
    assertThat(elements(x -> Where.of(x[0], x[1], x[2]), mask(1, 0), whole(1, 2), whole(3, 4)))
        .containsExactly(1, 4);
    assertThat(
            elements(
                x -> Where.of(x[0], x[1], x[2]),
                mask(1, 0),
                Tensor.vector(1, Double.NaN),
                Tensor.vector(Double.NaN, 4)))
        .containsExactly(1, 4);
  }

  @Test
  void keepsTheGradientsOfBothBranchesApart() {
    assertThat(
            gradient(
                x -> Where.of(x[0], x[1], x[2]),
                1,
                mask(1, 0),
                Tensor.vector(1, Double.POSITIVE_INFINITY),
                Tensor.vector(Double.NaN, 4)))
        .containsExactly(1, 0);
    assertThat(
            gradient(
                x -> Where.of(x[0], x[1], x[2]),
                2,
                mask(1, 0),
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
