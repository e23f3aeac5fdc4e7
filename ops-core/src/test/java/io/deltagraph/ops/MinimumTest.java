package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class MinimumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Minimum();
  }

  @Test
  void choosesElementByElement() {
    assertThat(
            elements(x -> Minimum.of(x[0], x[1]), Tensor.vector(1, 4, 2), Tensor.vector(3, -5, 2)))
        .containsExactly(1, -5, 2);
    assertThat(
            elements(
                x -> Minimum.of(x[0], x[1]),
                Tensor.vector(Double.NaN, 1),
                Tensor.vector(1, Double.NaN)))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(elements(x -> Minimum.of(x[0], x[1]), Tensor.indices(3, -4), Tensor.indices(1, 1)))
        .containsExactly(1, -4);
  }

  @Test
  void givesEachHalfOfTheGradientAtATie() {
    assertThat(
            elements(
                derivative(x -> Minimum.of(x[0], x[1]), 0),
                Tensor.vector(1, 4, 2),
                Tensor.vector(3, -5, 2)))
        .containsExactly(1, 0, 0.5);
    assertThat(
            elements(
                derivative(x -> Minimum.of(x[0], x[1]), 1),
                Tensor.vector(1, 4, 2),
                Tensor.vector(3, -5, 2)))
        .containsExactly(0, 1, 0.5);
  }
}
