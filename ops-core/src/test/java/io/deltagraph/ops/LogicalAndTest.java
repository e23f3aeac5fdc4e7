package io.deltagraph.ops;

import static io.deltagraph.ops.Calculation.elements;
import static io.deltagraph.ops.Calculation.mask;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class LogicalAndTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogicalAnd();
  }

  @Test
  void holdsWhereBothDo() {
    assertThat(elements(x -> LogicalAnd.of(x[0], x[1]), mask(0, 0, 1, 1), mask(0, 1, 0, 1)))
        .containsExactly(0, 0, 0, 1);
  }
}
