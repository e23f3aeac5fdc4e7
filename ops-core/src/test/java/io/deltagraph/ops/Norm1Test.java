package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class Norm1Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Norm1();
  }

  @Test
  void addsMagnitudes() {
    assertThat(elements(x -> Norm1.of(x, List.of(), false), -1, 2, -3)).containsExactly(6);
  }

  @Test
  void hasTheDerivativeZeroAtZero() {
    assertThat(gradient(x -> Norm1.of(x, List.of(), false), -1, 0, 3)).containsExactly(-1, 0, 1);
  }
}
