package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProdTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Prod();
  }

  @Test
  void hasTheRightGradientWithZerosInTheData() {
    assertThat(gradient(x -> Prod.of(x, List.of(), false), 2, 3, 4)).containsExactly(12, 8, 6);
    assertThat(gradient(x -> Prod.of(x, List.of(), false), 2, 0, 4)).containsExactly(0, 8, 0);
    assertThat(gradient(x -> Prod.of(x, List.of(), false), 0, 3, 0)).containsExactly(0, 0, 0);
  }

  @Test
  void hasTheRightSecondDerivativesWithZerosInTheData() {
    // The sums of the rows of the Hessian of abc: c + b, c + a, b + a.
    assertThat(
            elements(
                derivative(derivative(x -> Prod.of(x[0], List.of(), false), 0), 0),
                Tensor.vector(2, 3, 4)))
        .containsExactly(7, 6, 5);
    assertThat(
            elements(
                derivative(derivative(x -> Prod.of(x[0], List.of(), false), 0), 0),
                Tensor.vector(2, 0, 4)))
        .containsExactly(4, 6, 2);
    assertThat(
            elements(
                derivative(derivative(x -> Prod.of(x[0], List.of(), false), 0), 0),
                Tensor.vector(0, 3, 0)))
        .containsExactly(3, 0, 3);
  }

  @Test
  void hasTheRightGradientOverTwoAxes() {
    assertThat(
            elements(
                derivative(x -> Prod.of(x[0], List.of(), false), 0),
                Tensor.matrix(new double[] {2, 0}, new double[] {3, 5})))
        .containsExactly(0, 30, 0, 0);
  }
}
