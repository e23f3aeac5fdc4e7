package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
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
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneHotTest implements OpContract {
  @Override
  public Op<?> op() {
    return new OneHot();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("i32[4]").with("depth", 3).sampling(0, Sampler.classes(3)),
        Case.of("i64[N, 2]").with("depth", 2).sampling(0, Sampler.classes(2)));
  }

  @Test
  void marksTheClass() {
    Tensor y = value(x -> OneHot.of(x[0], 3, DType.F32), Tensor.indices(2, 0));
    assertThat(y.type()).isEqualTo(TensorType.of(DType.F32, 2, 3));
    assertThat(y.toDoubles()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(batched(x -> OneHot.of(x[0], 3, DType.F64), Tensor.indices(1)))
        .containsExactly(0, 1, 0);
    assertThat(elements(x -> OneHot.of(x[0], 3, DType.I32), Tensor.indices(1).reshape()))
        .containsExactly(0, 1, 0);
  }

  @Test
  void refusesIndicesOutside() {
    assertThat(refusal(x -> OneHot.of(x[0], 3, DType.F64), Tensor.indices(0, 3)))
        .isEqualTo("one_hot was given the index 3 in row 1 of its indices; they lie from 0 to 2.");
  }

  @Test
  void refusesANegativeDepth() {
    assertThat(refusal(x -> x[0].op("one_hot", Map.of("depth", -1)), "i32[2]"))
        .isEqualTo("one_hot: depth is at least 0, got -1.");
  }

  @Test
  void needsADepth() {
    assertThat(refusal(x -> x[0].op("one_hot"), "i32[2]"))
        .isEqualTo(
            "one_hot: The attribute 'depth' must be given; the op takes depth (INTEGER), dtype (DTYPE).");
  }
}
