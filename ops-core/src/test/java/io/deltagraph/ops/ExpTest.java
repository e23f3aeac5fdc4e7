package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class ExpTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Exp();
  }

  @Test
  void growsExponentially() {
    assertThat(elements(Exp::of, 0, 1, -1))
        .containsExactly(new double[] {1, 2.718281828459045, 0.36787944117144233}, within(1e-15));
    assertThat(elements(Exp::of, 710, -800, Double.NEGATIVE_INFINITY, Double.NaN))
        .containsExactly(Double.POSITIVE_INFINITY, 0, 0, Double.NaN);
  }
}
