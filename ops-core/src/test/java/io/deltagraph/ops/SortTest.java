package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SortTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sort();
  }

  @Test
  void ordersAlongAnAxis() {
    assertThat(elements(x -> Sort.of(x, 0, false), 3, -1, 2)).containsExactly(-1, 2, 3);
    assertThat(elements(x -> Sort.of(x, 0, true), 3, -1, 2)).containsExactly(3, 2, -1);
    assertThat(elements(x -> Sort.of(x, 0, false), Double.NaN, Double.POSITIVE_INFINITY, 1))
        .containsExactly(1, Double.POSITIVE_INFINITY, Double.NaN);
    assertThat(
            elements(
                x -> Sort.of(x[0], 0, true),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(8, 16, 32, 1, 2, 4);
    assertThat(elements(x -> Sort.of(x[0], -1, false), Tensor.indices(3, 1, 2)))
        .containsExactly(1, 2, 3);
    assertThat(batched(x -> Sort.of(x[0], 0, false), Tensor.vector(2, 1, 3)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void sendsGradientsBackWhereTheElementsCameFrom() {
    // Weights 1, 2, 3 on the sorted elements.
    assertThat(
            elements(
                derivative(x -> Sort.of(x[0], 0, false).times(x[1]), 0),
                Tensor.vector(30, -10, 20),
                Tensor.vector(1, 2, 3)))
        .containsExactly(3, 1, 2);
  }

  @Test
  void keepsTheOrderOfEqualElements() {
    assertThat(
            elements(
                derivative(x -> Sort.of(x[0], 0, false).times(x[1]), 0),
                Tensor.vector(5, 1, 5),
                Tensor.vector(1, 2, 3)))
        .containsExactly(2, 1, 3);
    assertThat(
            elements(
                derivative(x -> Sort.of(x[0], 0, true).times(x[1]), 0),
                Tensor.vector(5, 1, 5),
                Tensor.vector(1, 2, 3)))
        .containsExactly(1, 3, 2);
  }
}
