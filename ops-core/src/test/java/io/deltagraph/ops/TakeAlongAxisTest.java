package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeAlongAxisTest implements OpContract {
  @Override
  public Op<?> op() {
    return new TakeAlongAxis();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]", "i32[2, 1]").sampling(1, Sampler.classes(3)),
        Case.of("[3, 2]", "i64[4, 2]").with("axis", 0).sampling(1, Sampler.classes(3)),
        Case.of("[N, 3]", "i32[N, 1]").with("axis", 1).sampling(1, Sampler.classes(3)));
  }

  @Test
  void takesOneElementPerIndex() {
    assertThat(
            elements(
                x -> TakeAlongAxis.of(x[0], x[1], -1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(2, 0).reshape(2, 1)))
        .containsExactly(4, 8);
    assertThat(
            elements(
                x -> TakeAlongAxis.of(x[0], x[1], 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(1, 0, 1).reshape(1, 3)))
        .containsExactly(8, 2, 32);
  }

  @Test
  void addsTheGradientsOfEqualIndices() {
    assertThat(
            elements(
                derivative(x -> TakeAlongAxis.of(x[0], x[1], -1), 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(2, 2, 0, 1).reshape(2, 2)))
        .containsExactly(0, 0, 2, 1, 1, 0);
  }

  @Test
  void refusesIndicesOfAnotherShape() {
    assertThat(refusal(x -> TakeAlongAxis.of(x[0], x[1], -1), "f64[2, 3]", "i32[3, 1]"))
        .isEqualTo(
            "take_along_axis cannot take f64[2, 3] and i32[3, 1]: the indices [3, 1] and [2, 3] differ in more than axis 1.");
    assertThat(refusal(x -> TakeAlongAxis.of(x[0], x[1], -1), "f64[2, 3]", "i32[2]"))
        .contains("differ in more than axis 1");
  }

  @Test
  void refusesIndicesOutside() {
    assertThat(
            refusal(x -> TakeAlongAxis.of(x[0], x[1], 0), Tensor.vector(1, 2), Tensor.indices(-3)))
        .contains("take_along_axis was given the index -3 in row 0");
  }
}
