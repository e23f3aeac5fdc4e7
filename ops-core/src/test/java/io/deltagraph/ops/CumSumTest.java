package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class CumSumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new CumSum();
  }

  @Test
  void addsUpAlongAnAxis() {
    assertThat(elements(x -> CumSum.of(x, 0, false), 1, 2, 4)).containsExactly(1, 3, 7);
    assertThat(elements(x -> CumSum.of(x, 0, true), 1, 2, 4)).containsExactly(7, 6, 4);
    assertThat(
            elements(
                x -> CumSum.of(x[0], 0, false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1, 2, 4, 9, 18, 36);
    assertThat(
            elements(
                x -> CumSum.of(x[0], -1, false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1, 3, 7, 8, 24, 56);
    assertThat(
            batched(
                x -> CumSum.of(x[0], 0, true),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(9, 18, 36, 8, 16, 32);
  }

  @Test
  void countsHowOftenEachElementIsAdded() {
    assertThat(gradient(x -> CumSum.of(x, 0, false), 1, 2, 4)).containsExactly(3, 2, 1);
  }

  @Test
  void refusesAScalar() {
    assertThat(refusal(x -> CumSum.of(x[0], 0, false), "f64[]"))
        .isEqualTo("cumsum cannot take f64[]: there is no axis 0 in [].");
  }
}
