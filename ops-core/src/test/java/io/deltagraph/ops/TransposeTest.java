package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import org.junit.jupiter.api.Test;

class TransposeTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Transpose();
  }

  @Test
  void swapsTheLastTwoAxes() {
    assertThat(
            elements(
                x -> Transpose.of(x[0]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1, 8, 2, 16, 4, 32);
    assertThat(elements(x -> Transpose.of(x[0]), Tensor.vector(1, 2, 3, 4).reshape(2, 1, 2)))
        .containsExactly(1, 2, 3, 4);
    assertThat(value(x -> Transpose.of(x[0]), Tensor.vector(1, 2, 3, 4).reshape(2, 1, 2)).type())
        .isEqualTo(TensorType.of(DType.F64, 2, 2, 1));
  }

  @Test
  void refusesVectors() {
    assertThat(refusal(x -> Transpose.of(x[0]), "f64[3]"))
        .isEqualTo("transpose cannot take f64[3]: there are no two axes to swap in [3].");
  }
}
