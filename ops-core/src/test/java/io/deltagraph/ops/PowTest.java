package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class PowTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Pow();
  }

  @Test
  void isJavasPower() {
    assertThat(
            elements(
                x -> Pow.of(x[0], x[1]), Tensor.vector(2, 9, 2, -2), Tensor.vector(10, 0.5, -1, 3)))
        .containsExactly(new double[] {1024, 3, 0.5, -8}, within(1e-15));
    assertThat(
            elements(
                x -> Pow.of(x[0], x[1]),
                Tensor.vector(0, 0, -1, Double.NaN),
                Tensor.vector(0, -1, 0.5, 0)))
        .containsExactly(1, Double.POSITIVE_INFINITY, Double.NaN, 1);
  }

  @Test
  void hasNoNaNInTheGradientOfTheBaseAtZero() {
    // x^0 is constant, x^1 has slope 1 and x^2 slope 0 at 0.
    assertThat(
            elements(
                derivative(x -> Pow.of(x[0], x[1]), 0),
                Tensor.vector(0, 0, 0),
                Tensor.vector(0, 1, 2)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void takesTheGradientOfTheExponentAtBaseZeroToBeZero() {
    assertThat(
            elements(
                derivative(x -> Pow.of(x[0], x[1]), 1),
                Tensor.vector(0, 0, 1),
                Tensor.vector(0, 2, 5)))
        .containsExactly(0, 0, 0);
  }

  @Test
  void hasSecondDerivativesAtBaseZero() {
    // x^2 has the second derivative 2, x^1 and x^0 have 0.
    assertThat(
            elements(
                derivative(derivative(x -> Pow.of(x[0], x[1]), 0), 0),
                Tensor.vector(0, 0, 0),
                Tensor.vector(2, 1, 0)))
        .containsExactly(2, 0, 0);
  }

  @Test
  void hasTheMixedDerivativeWhereTheExponentIsZero() {
    // d/dp (p x^(p-1)) at p = 0 is 1/x.
    assertThat(
            elements(
                derivative(derivative(x -> Pow.of(x[0], x[1]), 0), 1),
                Tensor.vector(4),
                Tensor.vector(0)))
        .containsExactly(new double[] {0.25}, within(1e-15));
  }
}
