package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatMulTest implements OpContract {
  @Override
  public Op<?> op() {
    return new MatMul();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]", "[3, 4]"),
        Case.of("[N, 3]", "[3, 2]"),
        Case.of("[3]", "[3]"),
        Case.of("[2, 3]", "[3]"),
        Case.of("[3]", "[3, 2]"),
        Case.of("[2, 2, 3]", "[2, 3, 2]"),
        Case.of("[2, 1, 2, 3]", "[3, 3, 2]"),
        Case.of("[2, 2, 3]", "[3]"),
        Case.of("[3]", "[2, 3, 2]"),
        Case.of("[2, 0]", "[0, 3]"),
        Case.of("[3, N]", "[N, 2]"));
  }

  @Test
  void multipliesMatricesAndVectors() {
    assertThat(
            elements(
                x -> MatMul.of(x[0], x[1]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.matrix(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 1})))
        .containsExactly(5, 6, 40, 48);
    assertThat(
            elements(
                x -> MatMul.of(x[0], x[1]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.vector(1, 0, -1)))
        .containsExactly(-3, -24);
    assertThat(
            elements(
                x -> MatMul.of(x[0], x[1]),
                Tensor.vector(1, -1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(-7, -14, -28);
    assertThat(elements(x -> MatMul.of(x[0], x[1]), Tensor.vector(1, 2), Tensor.vector(3, 4)))
        .containsExactly(11);
  }

  @Test
  void broadcastsBatches() {
    Tensor left = Tensor.vector(1, 2, 3, 4).reshape(2, 1, 2);
    Tensor right = Tensor.vector(1, 0, 0, 1, 0, 1, 1, 0).reshape(2, 2, 2);
    assertThat(elements(x -> MatMul.of(x[0], x[1]), left, right)).containsExactly(1, 2, 4, 3);
    Tensor one = Tensor.vector(0, 1, 1, 0).reshape(2, 2);
    assertThat(elements(x -> MatMul.of(x[0], x[1]), left, one)).containsExactly(2, 1, 4, 3);
    assertThat(elements(x -> MatMul.of(x[0], x[1]), left, Tensor.vector(1, 10)))
        .containsExactly(21, 43);
  }

  @Test
  void sumsNothingToZero() {
    assertThat(
            elements(
                x -> MatMul.of(x[0], x[1]),
                Tensor.zeros(TensorType.of(DType.F64, 2, 0)),
                Tensor.zeros(TensorType.of(DType.F64, 0, 1))))
        .containsExactly(0, 0);
  }

  @Test
  void refusesInnerDimensionsThatDiffer() {
    assertThat(refusal(x -> MatMul.of(x[0], x[1]), "f64[4, 3]", "f64[1, 2]"))
        .isEqualTo("matmul cannot take f64[4, 3] and f64[1, 2]: the inner dimensions are 3 and 1.");
  }

  @Test
  void refusesScalars() {
    assertThat(refusal(x -> MatMul.of(x[0], x[1]), "f64[]", "f64[2]"))
        .isEqualTo(
            "matmul cannot take f64[] and f64[2]: a scalar has no axis to sum over; use hadamard.");
  }
}
