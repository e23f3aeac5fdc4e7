package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import org.junit.jupiter.api.Test;

class ArgSortTest implements OpContract {
  @Override
  public Op<?> op() {
    return new ArgSort();
  }

  @Test
  void givesPositions() {
    assertThat(elements(x -> ArgSort.of(x, 0, false), 3, -1, 2)).containsExactly(1, 2, 0);
    assertThat(elements(x -> ArgSort.of(x, 0, true), 3, -1, 2)).containsExactly(0, 2, 1);
    assertThat(
            value(
                    x -> ArgSort.of(x[0], -1, false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.I32, 2, 3));
    assertThat(
            elements(
                x -> ArgSort.of(x[0], 0, true),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1, 1, 1, 0, 0, 0);
  }

  @Test
  void keepsTheOrderOfEqualElements() {
    assertThat(elements(x -> ArgSort.of(x, 0, false), 5, 1, 5, 1)).containsExactly(1, 3, 0, 2);
    assertThat(elements(x -> ArgSort.of(x, 0, true), 5, 1, 5, 1)).containsExactly(0, 2, 1, 3);
    assertThat(elements(x -> ArgSort.of(x, 0, false), 0, -0.0, Double.NaN, -1))
        .containsExactly(3, 0, 1, 2);
  }
}
