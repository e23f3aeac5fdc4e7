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

class StackTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Stack();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2]", "[2]"),
        Case.of("[N, 2]", "[N, 2]").with("axis", 1),
        Case.of("[]", "[]", "[]"),
        Case.of("[2, 3]").with("axis", -1));
  }

  @Test
  void joinsAlongANewAxis() {
    assertThat(elements(x -> Stack.of(0, x[0], x[1]), Tensor.vector(1, 2), Tensor.vector(3, 4)))
        .containsExactly(1, 2, 3, 4);
    assertThat(elements(x -> Stack.of(-1, x[0], x[1]), Tensor.vector(1, 2), Tensor.vector(3, 4)))
        .containsExactly(1, 3, 2, 4);
    assertThat(
            value(
                    x -> Stack.of(1, x[0], x[1]),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 2, 3));
    assertThat(batched(x -> Stack.of(1, x[0], x[1]), Tensor.vector(1, 2), Tensor.vector(3, 4)))
        .containsExactly(1, 3, 2, 4);
  }

  @Test
  void refusesOtherShapes() {
    assertThat(refusal(x -> Stack.of(0, x[0], x[1]), "f64[2]", "f64[3]"))
        .contains("[1, 2] and [1, 3] differ in more than axis 0");
  }
}
