package io.deltagraph.ops;

import static io.deltagraph.ops.Calculation.elements;
import static io.deltagraph.ops.Calculation.flat;
import static io.deltagraph.ops.Calculation.tensor;
import static io.deltagraph.ops.Calculation.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import org.junit.jupiter.api.Test;

class GreaterEqualTest implements OpContract {
  @Override
  public Op<?> op() {
    return new GreaterEqual();
  }

  @Test
  void comparesToAMask() {
    Tensor mask =
        tensor(
            x -> GreaterEqual.of(x[0], x[1]), Tensor.vector(1, 2, 3, Double.NaN), Tensor.vector(2));
    assertThat(mask.type()).isEqualTo(TensorType.of(DType.BOOL, 4));
    assertThat(mask.toDoubles()).containsExactly(0, 1, 1, 0);
    assertThat(elements(x -> GreaterEqual.of(x[0], x[1]), whole(1, 2, 3), whole(2, 2, 2)))
        .containsExactly(0, 1, 1);
  }

  @Test
  void saysWhyItsGradientIsZero() {
    assertThat(flat(x -> GreaterEqual.of(x[0], x[1]), Tensor.vector(1), Tensor.vector(2)))
        .singleElement()
        .asString()
        .contains("a comparison changes in jumps only");
  }
}
