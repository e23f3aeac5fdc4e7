package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class ErfTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Erf();
  }

  @Test
  void hasItsTabulatedValues() {
    // Abramowitz and Stegun, table 7.1.
    assertThat(elements(Erf::of, 0, 0.5, 1, -1, 2))
        .containsExactly(
            new double[] {
              0, 0.5204998778130465, 0.8427007929497149, -0.8427007929497149, 0.9953222650189527
            },
            within(1e-15));
    assertThat(elements(Erf::of, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .containsExactly(1, -1);
  }
}
