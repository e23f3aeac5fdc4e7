package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SubtractTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Subtract();
  }

  @Test
  void subtractsNumbersOfAnyDtype() {
    assertThat(
            elements(x -> Subtract.of(x[0], x[1]), Tensor.vector(1.5, -2), Tensor.vector(0.5, 2)))
        .containsExactly(1, -4);
    assertThat(elements(x -> Subtract.of(x[0], x[1]), Tensor.indices(3, -4), Tensor.indices(1, 1)))
        .containsExactly(2, -5);
  }
}
