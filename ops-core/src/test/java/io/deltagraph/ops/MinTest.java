package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Min();
  }

  @Test
  void sharesTheGradientEquallyAtTies() {
    assertThat(gradient(x -> Min.of(x, List.of(), false), 1, 3, 1)).containsExactly(0.5, 0, 0.5);
  }

  @Test
  void isNaNIfAnyElementIs() {
    assertThat(elements(x -> Min.of(x, List.of(), false), 1, Double.NaN, 3))
        .containsExactly(Double.NaN);
  }
}
