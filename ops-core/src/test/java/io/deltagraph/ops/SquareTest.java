package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class SquareTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Square();
  }

  @Test
  void multipliesWithItself() {
    assertThat(elements(Square::of, -3, 0.5, 1e200))
        .containsExactly(9, 0.25, Double.POSITIVE_INFINITY);
  }

  @Test
  void hasTwiceItsArgumentAsDerivative() {
    assertThat(gradient(Square::of, -3, 0, 0.5)).containsExactly(-6, 0, 1);
  }
}
