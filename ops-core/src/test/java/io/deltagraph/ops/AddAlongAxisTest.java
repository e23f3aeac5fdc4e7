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

class AddAlongAxisTest implements OpContract {
  @Override
  public Op<?> op() {
    return new AddAlongAxis();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]", "i32[2, 2]", "[2, 2]").sampling(1, Sampler.classes(3)),
        Case.of("[3, 2]", "i64[4, 2]", "[4, 2]").with("axis", 0).sampling(1, Sampler.classes(3)),
        Case.of("[N, 3]", "i32[N, 1]", "[N, 1]").with("axis", 1).sampling(1, Sampler.classes(3)));
  }

  @Test
  void addsOneElementPerIndex() {
    assertThat(
            elements(
                x -> AddAlongAxis.of(x[0], x[1], x[2], -1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.indices(2, 2, 0, 1).reshape(2, 2),
                Tensor.vector(100, 200, 300, 400).reshape(2, 2)))
        .containsExactly(1, 2, 304, 308, 416, 32);
  }

  @Test
  void refusesOtherShapes() {
    assertThat(
            refusal(
                x -> AddAlongAxis.of(x[0], x[1], x[2], -1), "f64[2, 3]", "i32[2, 2]", "f64[2, 1]"))
        .contains("the updates of those indices are [2, 2], got [2, 1]");
    assertThat(
            refusal(
                x -> AddAlongAxis.of(x[0], x[1], x[2], -1), "f64[2, 3]", "i32[3, 2]", "f64[3, 2]"))
        .contains("the indices [3, 2] and [2, 3] differ in more than axis 1");
  }

  @Test
  void refusesIndicesOutside() {
    assertThat(
            refusal(
                x -> AddAlongAxis.of(x[0], x[1], x[2], 0),
                Tensor.vector(1, 2),
                Tensor.indices(2),
                Tensor.vector(1)))
        .contains(
            "add_along_axis was given the index 2 in row 0 of its indices; they lie from 0 to 1");
  }
}
