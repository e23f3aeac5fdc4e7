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
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlattenTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Flatten();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3, 2]"),
        Case.of("[N, 2, 3]"),
        Case.of("[2, 3]").with("axis", 0),
        Case.of("[3]"),
        Case.of("[]").with("axis", 0));
  }

  @Test
  void mergesTheAxesFromOneOn() {
    Tensor x = Tensor.vector(0, 1, 2, 3, 4, 5, 6, 7).reshape(2, 2, 2);
    assertThat(value(v -> Flatten.of(v[0], 1), x).type()).isEqualTo(TensorType.of(DType.F64, 2, 4));
    assertThat(value(v -> Flatten.of(v[0], 0), x).type()).isEqualTo(TensorType.of(DType.F64, 8));
    assertThat(value(v -> Flatten.of(v[0], 3), x).type())
        .isEqualTo(TensorType.of(DType.F64, 2, 2, 2, 1));
    assertThat(elements(v -> Flatten.of(v[0], 1), x)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void keepsANamedDimensionInFront() {
    assertThat(batched(x -> Flatten.of(x[0], 1), Tensor.vector(1, 2, 3, 4).reshape(1, 2, 2)))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void refusesToMergeANamedDimension() {
    assertThat(refusal(x -> Flatten.of(x[0], 0), "f64[N, 3]"))
        .isEqualTo(
            "flatten cannot take f64[N, 3]: the named dimension N cannot be merged with others; flatten after it.");
  }
}
