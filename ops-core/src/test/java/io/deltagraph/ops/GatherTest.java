package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Gather();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]", "i32[5]").sampling(1, Sampler.classes(3)),
        Case.of("[3, 2]", "i64[2, 2]").sampling(1, Sampler.classes(3)),
        Case.of("[2, 3]", "i32[4]").with("axis", 1).sampling(1, Sampler.classes(3)),
        Case.of("[N, 3]", "i32[2]").with("axis", -1).sampling(1, Sampler.classes(3)),
        Case.of("[3]", "i32[]").sampling(1, Sampler.classes(3)),
        Case.of("[3]", "i32[0]").sampling(1, Sampler.classes(3)),
        Case.of("[N, 2]", "i32[4]").sampling(1, Sampler.classes(3)));
  }

  @Test
  void selectsSlices() {
    assertThat(
            elements(
                x -> Gather.of(x[0], x[1], 0), Tensor.vector(10, 11, 12), Tensor.indices(2, 0, 2)))
        .containsExactly(12, 10, 12);
    assertThat(
            elements(
                x -> Gather.of(x[0], x[1], 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(1, 1)))
        .containsExactly(8, 16, 32, 8, 16, 32);
    assertThat(
            elements(
                x -> Gather.of(x[0], x[1], -1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(2, 0)))
        .containsExactly(4, 1, 32, 8);
    assertThat(
            value(
                    x -> Gather.of(x[0], x[1], 0),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                    Tensor.indices(0, 1, 1, 0).reshape(2, 2))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 2, 3));
  }

  @Test
  void addsTheGradientsOfEqualIndices() {
    assertThat(
            elements(
                derivative(x -> Gather.of(x[0], x[1], 0), 0),
                Tensor.vector(10, 11, 12),
                Tensor.indices(2, 0, 2)))
        .containsExactly(1, 0, 2);
  }

  @Test
  void refusesIndicesOutside() {
    assertThat(
            refusal(x -> Gather.of(x[0], x[1], 0), Tensor.vector(10, 11, 12), Tensor.indices(0, 3)))
        .isEqualTo("gather was given the index 3 in row 1 of its indices; they lie from 0 to 2.");
    assertThat(
            refusal(x -> Gather.of(x[0], x[1], 0), Tensor.vector(10, 11, 12), Tensor.indices(-1)))
        .contains("the index -1 in row 0");
  }

  @Test
  void refusesIndicesThatAreNotWhole() {
    assertThat(refusal(x -> Gather.of(x[0], x[1], 0), "f64[2]", "f64[2]"))
        .isEqualTo("gather cannot take f64[2] and f64[2]: 'indices' takes i64 or i32, got f64.");
  }
}
