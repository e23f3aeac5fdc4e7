package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class ProductOfOthersTest implements OpContract {
  @Override
  public Op<?> op() {
    return new ProductOfOthers();
  }

  @Test
  void leavesEachElementOutOnce() {
    assertThat(elements(x -> ProductOfOthers.of(x, 0), 2, 3, 4)).containsExactly(12, 8, 6);
    assertThat(elements(x -> ProductOfOthers.of(x, 0), 2, 0, 4)).containsExactly(0, 8, 0);
    assertThat(elements(x -> ProductOfOthers.of(x, 0), 0, 3, 0)).containsExactly(0, 0, 0);
    assertThat(elements(x -> ProductOfOthers.of(x, 0), 5)).containsExactly(1);
    assertThat(
            elements(
                x -> ProductOfOthers.of(x[0], -1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(8, 4, 2, 512, 256, 128);
    assertThat(
            batched(
                x -> ProductOfOthers.of(x[0], 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(8, 16, 32, 1, 2, 4);
  }

  @Test
  void hasTheRightGradientWithZerosInTheData() {
    // The sum of ab, ac and bc has the derivatives b + c, a + c, a + b.
    assertThat(gradient(x -> ProductOfOthers.of(x, 0), 2, 3, 4)).containsExactly(7, 6, 5);
    assertThat(gradient(x -> ProductOfOthers.of(x, 0), 0, 3, 0)).containsExactly(3, 0, 3);
  }
}
