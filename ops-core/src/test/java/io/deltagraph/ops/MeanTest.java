package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Mean();
  }

  @Test
  void dividesTheGradientByTheSizeOfANamedDimension() {
    assertThat(
            batched(
                derivative(x -> Mean.of(x[0], List.of(0), false), 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, within(1e-15));
  }
}
