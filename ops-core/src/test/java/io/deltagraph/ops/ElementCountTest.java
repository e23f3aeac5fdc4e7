package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementCountTest implements OpContract {
  @Override
  public Op<?> op() {
    return new ElementCount();
  }

  @Test
  void multipliesTheSizesOfSomeAxes() {
    assertThat(
            elements(
                x -> ElementCount.of(x[0], List.of(0)),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(2);
    assertThat(
            elements(
                x -> ElementCount.of(x[0], List.of(-1)),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(3);
    assertThat(
            elements(
                x -> ElementCount.of(x[0], List.of()),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(6);
    assertThat(
            batched(
                x -> ElementCount.of(x[0], List.of(0, 1)),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(6);
    assertThat(
            value(x -> ElementCount.of(x[0], List.of()), Tensor.vector(1, 2).cast(DType.F32))
                .type())
        .isEqualTo(TensorType.scalar(DType.F32));
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertThat(refusal(x -> ElementCount.of(x[0], List.of(2)), "f64[2, 3]"))
        .isEqualTo("element_count cannot take f64[2, 3]: there is no axis 2 in [2, 3].");
  }
}
