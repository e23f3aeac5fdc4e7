package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class IsNanTest implements OpContract {
  @Override
  public Op<?> op() {
    return new IsNan();
  }

  @Test
  void tellsNumbersFromNaN() {
    assertThat(elements(IsNan::of, 1, Double.NaN, Double.POSITIVE_INFINITY))
        .containsExactly(0, 1, 0);
  }

  @Test
  void saysWhyItsGradientIsZero() {
    assertThat(flat(x -> IsNan.of(x[0]), Tensor.vector(1.5)))
        .singleElement()
        .asString()
        .contains("does not change with a small step");
  }
}
