package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class Norm2Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Norm2();
  }

  @Test
  void isEuclids() {
    assertThat(elements(x -> Norm2.of(x, List.of(), false), 3, -4)).containsExactly(5);
  }

  @Test
  void pointsAlongItsArgument() {
    assertThat(gradient(x -> Norm2.of(x, List.of(), false), 3, -4))
        .containsExactly(new double[] {0.6, -0.8}, within(1e-15));
  }

  @Test
  void hasTheDerivativeZeroAtTheOrigin() {
    assertThat(gradient(x -> Norm2.of(x, List.of(), false), 0, 0)).containsExactly(0, 0);
    assertThat(
            elements(
                derivative(derivative(x -> Norm2.of(x[0], List.of(), false), 0), 0),
                Tensor.vector(0, 0)))
        .containsExactly(0, 0);
  }
}
