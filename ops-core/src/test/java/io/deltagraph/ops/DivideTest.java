package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class DivideTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Divide();
  }

  @Test
  void refusesWholeNumbers() {
    assertThat(refusal(x -> Divide.of(x[0], x[1]), "i32[2]", "i32[2]"))
        .isEqualTo("divide cannot take i32[2] and i32[2]: 'left' takes f64 or f32, got i32.");
  }
}
