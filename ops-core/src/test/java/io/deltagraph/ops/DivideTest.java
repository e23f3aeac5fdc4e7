package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class DivideTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Divide();
  }

  @Test
  void divides() {
    assertThat(
            elements(x -> Divide.of(x[0], x[1]), Tensor.vector(3, -1, 0), Tensor.vector(2, 0, 0)))
        .containsExactly(1.5, Double.NEGATIVE_INFINITY, Double.NaN);
  }

  @Test
  void refusesWholeNumbers() {
    assertThat(refusal(x -> Divide.of(x[0], x[1]), "i32[2]", "i32[2]"))
        .isEqualTo("divide cannot take i32[2] and i32[2]: 'left' takes f64 or f32, got i32.");
  }
}
