package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import org.junit.jupiter.api.Test;

class LogicalNotTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogicalNot();
  }

  @Test
  void negates() {
    assertThat(elements(x -> LogicalNot.of(x[0]), Tensor.vector(0, 1).cast(DType.BOOL)))
        .containsExactly(1, 0);
  }

  @Test
  void refusesNumbers() {
    assertThat(refusal(x -> LogicalNot.of(x[0]), "f64[2]"))
        .isEqualTo("logical_not cannot take f64[2]: 'x' takes bool, got f64.");
  }
}
