package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReshapeTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Reshape();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]").with("shape", "[3, 2]"),
        Case.of("[6]").with("shape", "[2, 1, 3]"),
        Case.of("[N, 6]").with("shape", "[N, 2, 3]"),
        Case.of("[]").with("shape", "[1]"),
        Case.of("[0, 3]").with("shape", "[0]"));
  }

  @Test
  void keepsTheRowMajorOrder() {
    Tensor y =
        value(
            x -> Reshape.of(x[0], Shape.parse("[3, 2]")),
            Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}));
    assertThat(y.type()).isEqualTo(TensorType.of(DType.F64, 3, 2));
    assertThat(y.toDoubles()).containsExactly(1, 2, 4, 8, 16, 32);
  }

  @Test
  void keepsANamedDimensionAtItsPlace() {
    assertThat(
            batched(
                x -> Reshape.of(x[0], Shape.parse("[N, 3, 1]")),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1, 2, 4, 8, 16, 32);
    assertThat(
            batched(
                x -> Reshape.of(x[0], Shape.parse("[1, N, 1, 3]")),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(1, 2, 4, 8, 16, 32);
  }

  @Test
  void refusesAnotherNumberOfElements() {
    assertThat(refusal(x -> Reshape.of(x[0], Shape.parse("[4]")), "f64[2, 3]"))
        .isEqualTo("reshape cannot take f64[2, 3]: [2, 3] has 6 elements and [4] has 4.");
  }

  @Test
  void refusesToMergeANamedDimension() {
    assertThat(refusal(x -> Reshape.of(x[0], Shape.parse("[6]")), "f64[N, 3]"))
        .isEqualTo(
            "reshape cannot take f64[N, 3]: [6] loses the named dimension N, which cannot be merged with others.");
  }

  @Test
  void refusesToMoveElementsAcrossANamedDimension() {
    assertThat(refusal(x -> Reshape.of(x[0], Shape.parse("[3, N]")), "f64[N, 3]"))
        .contains("[3, N] moves elements across the named dimensions [N]");
  }

  @Test
  void refusesToInventANamedDimension() {
    assertThat(refusal(x -> Reshape.of(x[0], Shape.parse("[N, 3]")), "f64[2, 3]"))
        .contains("[N, 3] has the named dimensions [N] where there are []");
  }
}
