package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class MaximumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Maximum();
  }

  @Test
  void choosesElementByElement() {
    assertThat(
            elements(x -> Maximum.of(x[0], x[1]), Tensor.vector(1, 4, 2), Tensor.vector(3, -5, 2)))
        .containsExactly(3, 4, 2);
    assertThat(
            elements(
                x -> Maximum.of(x[0], x[1]),
                Tensor.vector(Double.NaN, 1),
                Tensor.vector(1, Double.NaN)))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(elements(x -> Maximum.of(x[0], x[1]), Tensor.indices(3, -4), Tensor.indices(1, 1)))
        .containsExactly(3, 1);
  }

  @Test
  void givesEachHalfOfTheGradientAtATie() {
    assertThat(
            elements(
                derivative(x -> Maximum.of(x[0], x[1]), 0),
                Tensor.vector(1, 4, 2),
                Tensor.vector(3, -5, 2)))
        .containsExactly(0, 1, 0.5);
    assertThat(
            elements(
                derivative(x -> Maximum.of(x[0], x[1]), 1),
                Tensor.vector(1, 4, 2),
                Tensor.vector(3, -5, 2)))
        .containsExactly(1, 0, 0.5);
  }
}
