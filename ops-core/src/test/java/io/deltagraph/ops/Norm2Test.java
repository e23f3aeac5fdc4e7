package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class Norm2Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Norm2();
  }

  @Test
  void foldsAllAxesOrSome() {
    assertThat(
            elements(
                x -> Norm2.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {36.945906403822335}, within(1e-12));
    assertThat(
            elements(
                x -> Norm2.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(
            new double[] {8.06225774829855, 16.1245154965971, 32.2490309931942}, within(1e-12));
    assertThat(
            elements(
                x -> Norm2.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {4.58257569495584, 36.66060555964672}, within(1e-12));
    assertThat(
            elements(
                x -> Norm2.of(x[0], List.of(1, 0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {36.945906403822335}, within(1e-12));
  }

  @Test
  void keepsTheFoldedAxesIfAsked() {
    assertThat(
            value(
                    x -> Norm2.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(
            value(
                    x -> Norm2.of(x[0], List.of(1), false),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2));
  }

  @Test
  void foldsANamedDimension() {
    assertThat(
            batched(
                x -> Norm2.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(
            new double[] {8.06225774829855, 16.1245154965971, 32.2490309931942}, within(1e-12));
  }

  @Test
  void hasAValueForNoElements() {
    assertThat(
            elements(
                x -> Norm2.of(x[0], List.of(0), false),
                Tensor.zeros(TensorType.of(DType.F64, 0, 2))))
        .containsExactly(0, 0);
  }

  @Test
  void isEuclids() {
    assertThat(elements(x -> Norm2.of(x, List.of(), false), 3, -4)).containsExactly(5);
  }

  @Test
  void pointsAlongItsArgument() {
    assertThat(gradient(x -> Norm2.of(x, List.of(), false), 3, -4))
        .containsExactly(new double[] {0.6, -0.8}, within(1e-15));
  }

  @Test
  void hasTheDerivativeZeroAtTheOrigin() {
    assertThat(gradient(x -> Norm2.of(x, List.of(), false), 0, 0)).containsExactly(0, 0);
    assertThat(
            elements(
                derivative(derivative(x -> Norm2.of(x[0], List.of(), false), 0), 0),
                Tensor.vector(0, 0)))
        .containsExactly(0, 0);
  }
}
