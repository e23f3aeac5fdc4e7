package io.deltagraph.ops;

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

class SqueezeTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Squeeze();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[1, 3, 1]"),
        Case.of("[3, 1, 2]"),
        Case.of("[N, 1]").with("axes", List.of(1)),
        Case.of("[1, 1]").with("axes", List.of(0)));
  }

  @Test
  void dropsAxesOfSizeOne() {
    Tensor x = Tensor.vector(1, 2).reshape(1, 2, 1);
    assertThat(value(v -> Squeeze.of(v[0], List.of()), x).type())
        .isEqualTo(TensorType.of(DType.F64, 2));
    assertThat(value(v -> Squeeze.of(v[0], List.of(-1)), x).type())
        .isEqualTo(TensorType.of(DType.F64, 1, 2));
    assertThat(elements(v -> Squeeze.of(v[0], List.of()), x)).containsExactly(1, 2);
  }

  @Test
  void refusesAxesThatAreNotOne() {
    assertThat(refusal(x -> Squeeze.of(x[0], List.of(1)), "f64[1, N]"))
        .isEqualTo("squeeze cannot take f64[1, N]: axis 1 of [1, N] is not 1.");
  }
}
