package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.flat;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import org.junit.jupiter.api.Test;

class EqualTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Equal();
  }

  @Test
  void comparesToAMask() {
    Tensor mask =
        value(x -> Equal.of(x[0], x[1]), Tensor.vector(1, 2, 3, Double.NaN), Tensor.vector(2));
    assertThat(mask.type()).isEqualTo(TensorType.of(DType.BOOL, 4));
    assertThat(mask.toDoubles()).containsExactly(0, 1, 0, 0);
    assertThat(
            elements(x -> Equal.of(x[0], x[1]), Tensor.indices(1, 2, 3), Tensor.indices(2, 2, 2)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void saysWhyItsGradientIsZero() {
    assertThat(flat(x -> Equal.of(x[0], x[1]), Tensor.vector(1), Tensor.vector(2)))
        .singleElement()
        .asString()
        .contains("a comparison changes in jumps only");
  }
}
