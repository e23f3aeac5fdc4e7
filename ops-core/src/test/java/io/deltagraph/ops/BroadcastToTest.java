package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastToTest implements OpContract {
  @Override
  public Op<?> op() {
    return new BroadcastTo();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]").with("shape", "[2, 3]"),
        Case.of("[2, 1]").with("shape", "[4, 2, 3]"),
        Case.of("[N, 1]").with("shape", "[N, 3]"),
        Case.of("[]").with("shape", "[2, 2]"),
        Case.of("[2, 3]").with("shape", "[2, 3]"),
        Case.of("[1]").with("shape", "[0]"));
  }

  @Test
  void repeats() {
    assertThat(elements(x -> BroadcastTo.of(x, Shape.parse("[2, 3]")), 1, 2, 3))
        .containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(
            elements(
                x -> BroadcastTo.of(x[0], Shape.parse("[2, 3]")),
                Tensor.vector(1, 2).reshape(2, 1)))
        .containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(elements(x -> BroadcastTo.of(x[0], Shape.parse("[2, 2]")), Tensor.scalar(7)))
        .containsExactly(7, 7, 7, 7);
  }

  @Test
  void addsTheGradientsOfTheRepetitions() {
    assertThat(gradient(x -> BroadcastTo.of(x, Shape.parse("[2, 3]")), 1, 2, 3))
        .containsExactly(2, 2, 2);
  }

  @Test
  void refusesOtherShapes() {
    assertThat(refusal(x -> BroadcastTo.of(x[0], Shape.parse("[2, 3]")), "f64[2]"))
        .isEqualTo("broadcast_to cannot take f64[2]: [2] does not broadcast to [2, 3].");
    assertThat(refusal(x -> BroadcastTo.of(x[0], Shape.parse("[3]")), "f64[N]"))
        .contains("[N] does not broadcast to [3]");
  }
}
