package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StopGradientTest implements OpContract {
  @Override
  public Op<?> op() {
    return new StopGradient();
  }

  @Override
  public Map<Integer, String> severedInputs() {
    return Map.of(0, "this is what the op is for");
  }

  @Test
  void passesValuesOfAnyDtypeOn() {
    assertThat(elements(StopGradient::of, 1.5, -2)).containsExactly(1.5, -2);
    assertThat(elements(x -> StopGradient.of(x[0]), Tensor.indices(1, 2))).containsExactly(1, 2);
  }

  @Test
  void letsNoGradientThrough() {
    // x * stop_gradient(x) has the derivative x, not 2 x.
    assertThat(gradient(x -> x.times(StopGradient.of(x)), 3, -4)).containsExactly(3, -4);
  }
}
