package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcatTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Concat();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2]", "[3]"),
        Case.of("[2, 3]", "[2, 1]", "[2, 2]").with("axis", 1),
        Case.of("[N, 2]", "[N, 3]").with("axis", -1),
        Case.of("[2, 3]"),
        Case.of("[0, 2]", "[1, 2]"));
  }

  @Test
  void joinsAlongAnAxis() {
    assertThat(
            elements(
                x -> Concat.of(0, x[0], x[1], x[2]),
                Tensor.vector(1, 2),
                Tensor.vector(3),
                Tensor.vector(4, 5)))
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(
            elements(
                x -> Concat.of(-1, x[0], x[1]),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}),
                Tensor.vector(0, 9).reshape(2, 1)))
        .containsExactly(1, 2, 4, 0, 8, 16, 32, 9);
    assertThat(elements(x -> Concat.of(0, x[0]), Tensor.indices(1, 2))).containsExactly(1, 2);
  }

  @Test
  void refusesANamedDimension() {
    assertThat(refusal(x -> Concat.of(0, x[0], x[1]), "f64[N, 3]", "f64[N, 3]"))
        .isEqualTo(
            "concat cannot take f64[N, 3] and f64[N, 3]: the named dimension N cannot be joined to others.");
  }

  @Test
  void refusesOtherShapes() {
    assertThat(refusal(x -> Concat.of(0, x[0], x[1]), "f64[2, 3]", "f64[2, 4]"))
        .contains("[2, 3] and [2, 4] differ in more than axis 0");
    assertThat(refusal(x -> Concat.of(0, x[0], x[1]), "f64[2]", "f64[2, 4]"))
        .contains("[2] and [2, 4] differ in more than axis 0");
  }
}
