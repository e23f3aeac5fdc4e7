package io.deltagraph.ops;

import static io.deltagraph.ops.Calculation.elements;
import static io.deltagraph.ops.Calculation.refusal;
import static io.deltagraph.ops.Calculation.single;
import static io.deltagraph.ops.Calculation.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class NegateTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Negate();
  }

  @Test
  void changesTheSignOfNumbersOfAnyDtype() {
    assertThat(elements(x -> Negate.of(x[0]), 1.5, -2, 0)).containsExactly(-1.5, 2, -0.0);
    assertThat(elements(x -> Negate.of(x[0]), whole(3, -4))).containsExactly(-3, 4);
    assertThat(elements(x -> Negate.of(x[0]), single(0.1))).containsExactly(-0.1f);
  }

  @Test
  void refusesMasks() {
    assertThat(refusal(x -> Negate.of(x[0]), "bool[2]"))
        .isEqualTo("negate cannot take bool[2]: NEGATE needs numbers, got a mask.");
  }
}
