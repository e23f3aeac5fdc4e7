package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.flat;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgMinTest implements OpContract {
  @Override
  public Op<?> op() {
    return new ArgMin();
  }

  @Test
  void countsFromZeroAlongTheAxes() {
    assertThat(
            elements(
                x -> ArgMin.of(x[0], List.of(), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(0);
    assertThat(
            elements(
                x -> ArgMin.of(x[0], List.of(0), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(0, 0, 0);
    assertThat(
            elements(
                x -> ArgMin.of(x[0], List.of(-1), false),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(0, 0);
  }

  @Test
  void givesI32() {
    assertThat(
            value(
                    x -> ArgMin.of(x[0], List.of(1), true),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.I32, 2, 1));
  }

  @Test
  void takesTheFirstOfSeveral() {
    assertThat(elements(x -> ArgMin.of(x, List.of(), false), 1, 3, 1, 3, 1)).containsExactly(0);
    assertThat(
            elements(
                x -> ArgMin.of(x, List.of(), false),
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY))
        .containsExactly(0);
  }

  @Test
  void takesTheFirstOfSeveralInAnyOrderOfFolding() {
    double[] ones = new double[10_000];
    Arrays.fill(ones, 777, 10_000, -1);
    assertThat(elements(x -> ArgMin.of(x, List.of(), false), ones)).containsExactly(777);
  }

  @Test
  void takesTheFirstNaN() {
    assertThat(elements(x -> ArgMin.of(x, List.of(), false), 1, Double.NaN, 5, Double.NaN))
        .containsExactly(1);
  }

  @Test
  void refusesToChooseFromNothing() {
    assertThat(refusal(x -> ArgMin.of(x[0], List.of(0), false), "f64[0, 2]"))
        .isEqualTo("arg_min cannot take f64[0, 2]: axis 0 has no elements to choose from.");
  }

  @Test
  void saysWhyItsGradientIsZero() {
    assertThat(flat(x -> ArgMin.of(x[0], List.of(), false), Tensor.vector(1, 2)))
        .singleElement()
        .asString()
        .contains("the position of the smallest element changes in jumps only");
  }
}
