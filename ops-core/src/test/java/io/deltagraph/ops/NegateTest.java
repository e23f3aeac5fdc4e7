package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import org.junit.jupiter.api.Test;

class NegateTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Negate();
  }

  @Test
  void changesTheSignOfNumbersOfAnyDtype() {
    assertThat(elements(Negate::of, 1.5, -2, 0)).containsExactly(-1.5, 2, -0.0);
    assertThat(elements(x -> Negate.of(x[0]), Tensor.indices(3, -4))).containsExactly(-3, 4);
    assertThat(elements(x -> Negate.of(x[0]), Tensor.vector(0.1).cast(DType.F32)))
        .containsExactly(-0.1f);
  }

  @Test
  void refusesMasks() {
    assertThat(refusal(x -> Negate.of(x[0]), "bool[2]"))
        .isEqualTo("negate cannot take bool[2]: NEGATE needs numbers, got a mask.");
  }
}
