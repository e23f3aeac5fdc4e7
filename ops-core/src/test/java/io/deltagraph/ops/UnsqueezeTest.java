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

class UnsqueezeTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Unsqueeze();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]").with("axes", List.of(1)),
        Case.of("[N]").with("axes", List.of(0, 2)),
        Case.of("[]").with("axes", List.of(-1)));
  }

  @Test
  void putsAxesOfSizeOneIn() {
    Tensor x = Tensor.vector(1, 2);
    assertThat(value(v -> Unsqueeze.of(v[0], List.of(0, -1)), x).type())
        .isEqualTo(TensorType.of(DType.F64, 1, 2, 1));
    assertThat(elements(v -> Unsqueeze.of(v[0], List.of(1)), x)).containsExactly(1, 2);
  }

  @Test
  void refusesAxesTwiceOrOutside() {
    assertThat(refusal(x -> Unsqueeze.of(x[0], List.of(1, -2)), "f64[2]"))
        .isEqualTo(
            "unsqueeze cannot take f64[2]: the axes [1, -2] are not different axes of an output of rank 3.");
    assertThat(refusal(x -> Unsqueeze.of(x[0], List.of(2)), "f64[2]"))
        .contains("the axes [2] are not different axes of an output of rank 2");
  }
}
