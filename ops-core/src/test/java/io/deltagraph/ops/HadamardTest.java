package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class HadamardTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Hadamard();
  }

  @Test
  void multipliesElementByElement() {
    assertThat(
            elements(x -> Hadamard.of(x[0], x[1]), Tensor.vector(1.5, -2), Tensor.vector(4, 0.5)))
        .containsExactly(6, -1);
    assertThat(elements(x -> Hadamard.of(x[0], x[1]), Tensor.indices(3, -4), Tensor.indices(2, 2)))
        .containsExactly(6, -8);
  }
}
