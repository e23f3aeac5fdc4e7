package io.deltagraph.ops;

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

class ScatterAddTest implements OpContract {
  @Override
  public Op<?> op() {
    return new ScatterAdd();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]", "i32[5]", "[5]").sampling(1, Sampler.classes(3)),
        Case.of("[3, 2]", "i64[4]", "[4, 2]").sampling(1, Sampler.classes(3)),
        Case.of("[2, 3]", "i32[2]", "[2, 2]").with("axis", 1).sampling(1, Sampler.classes(3)),
        Case.of("[N, 3]", "i32[4]", "[N, 4]").with("axis", -1).sampling(1, Sampler.classes(3)));
  }

  @Test
  void addsSlicesAtTheirIndices() {
    assertThat(
            elements(
                x -> ScatterAdd.of(x[0], x[1], x[2], 0),
                Tensor.vector(1, 2, 3),
                Tensor.indices(2, 0, 2),
                Tensor.vector(10, 20, 30)))
        .containsExactly(21, 2, 43);
    assertThat(
            elements(
                x -> ScatterAdd.of(x[0], x[1], x[2], 1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(2),
                Tensor.vector(100, 200).reshape(2, 1)))
        .containsExactly(1, 2, 104, 8, 16, 232);
  }

  @Test
  void refusesUpdatesOfAnotherShape() {
    assertThat(refusal(x -> ScatterAdd.of(x[0], x[1], x[2], 0), "f64[4, 3]", "i32[2]", "f64[3]"))
        .isEqualTo(
            "scatter_add cannot take f64[4, 3] and i32[2] and f64[3]: the updates of those indices are [2, 3], got [3].");
  }

  @Test
  void refusesIndicesOutside() {
    assertThat(
            refusal(
                x -> ScatterAdd.of(x[0], x[1], x[2], 0),
                Tensor.vector(1, 2),
                Tensor.indices(5),
                Tensor.vector(1)))
        .contains(
            "scatter_add was given the index 5 in row 0 of its indices; they lie from 0 to 1");
  }
}
