package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.flat;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class FloorTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Floor();
  }

  @Test
  void roundsDown() {
    assertThat(elements(Floor::of, 1.7, -1.2, 3, -0.5)).containsExactly(1, -2, 3, -1);
  }

  @Test
  void saysWhyItsGradientIsZero() {
    assertThat(flat(x -> Floor.of(x[0]), Tensor.vector(1.5)))
        .singleElement()
        .asString()
        .contains("floor is constant between whole numbers");
    assertThat(gradient(Floor::of, 1.5, 2)).containsExactly(0, 0);
  }
}
