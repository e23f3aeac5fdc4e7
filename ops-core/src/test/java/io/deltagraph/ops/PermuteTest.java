package io.deltagraph.ops;

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

class PermuteTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Permute();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]").with("axes", List.of(1, 0)),
        Case.of("[2, 3, 4]").with("axes", List.of(2, 0, 1)),
        Case.of("[N, 2, 3]").with("axes", List.of(1, -1, 0)),
        Case.of("[]").with("axes", List.of()));
  }

  @Test
  void reordersAxes() {
    Tensor x = Tensor.vector(0, 1, 2, 3, 4, 5).reshape(1, 2, 3);
    Tensor y = value(v -> Permute.of(v[0], List.of(2, 0, -2)), x);
    assertThat(y.type()).isEqualTo(TensorType.of(DType.F64, 3, 1, 2));
    assertThat(y.toDoubles()).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void refusesAxesThatAreNoPermutation() {
    assertThat(refusal(x -> Permute.of(x[0], List.of(0, 0)), "f64[2, 3]"))
        .isEqualTo(
            "permute cannot take f64[2, 3]: the axes [0, 0] do not name each axis of [2, 3] once.");
  }
}
