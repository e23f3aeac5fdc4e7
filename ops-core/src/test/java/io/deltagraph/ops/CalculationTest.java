package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The op kit's calculations, here where there are ops to calculate with. */
class CalculationTest {
  private static final Tensor LEFT = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4});
  private static final Tensor RIGHT = Tensor.vector(10, 100);

  @Test
  void givesValuesOfAnyType() {
    assertThat(Calculation.value(x -> x[0].times(x[1]), LEFT, RIGHT).toRows())
        .isDeepEqualTo(new double[][] {{10, 200}, {30, 400}});
    assertThat(Calculation.value(x -> x[0].cast(DType.F32), RIGHT).type())
        .isEqualTo(TensorType.of(DType.F32, 2));
    assertThat(Calculation.elements(Square::of, 3, -2)).containsExactly(9, 4);
  }

  @Test
  void leavesTheSizeOfABatchOpen() {
    assertThat(
            Calculation.batched(
                x -> x[0].times(x[1]).over(x[0].elementCount(List.of(0))), LEFT, Tensor.scalar(10)))
        .containsExactly(5, 10, 15, 20);
    assertThatThrownBy(() -> Calculation.batched(x -> x[0].reshape(LEFT.type().shape()), LEFT))
        .hasMessageContaining("f64[N, 2]");
  }

  @Test
  void givesSlopesOfAFunction() {
    assertThat(Calculation.gradient(Square::of, 3, -2)).containsExactly(6, -4);
    assertThat(Calculation.gradient(x -> Prod.of(x, List.of(), false), 3, -2))
        .containsExactly(-2, 3);
  }

  @Test
  void givesTheGradientsOfAllFloatsUnderACotangent() {
    Tensor cotangent = Tensor.matrix(new double[] {1, 0}, new double[] {0, 2});
    List<Tensor> gradients = Calculation.gradients(x -> x[0].times(x[1]), cotangent, LEFT, RIGHT);
    assertThat(gradients.get(0).toDoubles()).containsExactly(10, 0, 0, 200);
    assertThat(gradients.get(1).toDoubles()).containsExactly(1, 8);
    assertThat(
            Calculation.gradients(
                x -> Gather.of(x[0], x[1], 0), Tensor.vector(5), RIGHT, Tensor.indices(1)))
        .singleElement()
        .satisfies(gradient -> assertThat(gradient.toDoubles()).containsExactly(0, 5));
  }

  @Test
  void derivesAgainAndAgain() {
    Calculation.Expression cube = x -> x[0].square().times(x[0]);
    assertThat(Calculation.elements(Calculation.derivative(cube, 0), Tensor.vector(2, 3)))
        .containsExactly(12, 27);
    assertThat(
            Calculation.elements(
                Calculation.derivative(Calculation.derivative(cube, 0), 0), Tensor.vector(2, 3)))
        .containsExactly(12, 18);
    assertThat(
            Calculation.elements(
                Calculation.derivative(x -> x[0].times(x[1]), 1), Tensor.vector(2), LEFT))
        .containsExactly(2, 2, 2, 2);
  }

  @Test
  void saysWhyAGradientIsZeroAndFailsWhereItIsNot() {
    assertThat(Calculation.flat(x -> x[0].floor().plus(x[1].floor()), LEFT, RIGHT))
        .containsExactly("floor: floor is constant between whole numbers");
    assertThatThrownBy(() -> Calculation.flat(x -> x[0].floor().plus(x[1]), LEFT, RIGHT))
        .isInstanceOf(AssertionError.class)
        .hasMessage("A gradient reaches x1: f64[2].");
    assertThatThrownBy(() -> Calculation.flat(x -> x[0].floor().plus(x[0]), LEFT))
        .isInstanceOf(AssertionError.class)
        .hasMessage("A gradient reaches x0: f64[2, 2].");
    assertThatThrownBy(() -> Calculation.flat(x -> x[0].floor(), LEFT, RIGHT))
        .isInstanceOf(AssertionError.class)
        .hasMessage("No op says why no gradient reaches x1: f64[2].");
  }

  @Test
  void givesTheFirstLineOfARefusalAndFailsWithoutOne() {
    assertThat(Calculation.refusal(x -> x[0].plus(x[1]), "f64[N]", "f32[2]"))
        .isEqualTo(
            "add cannot take f64[N] and f32[2]: its inputs have one dtype, got f64 and f32; cast one;"
                + " besides, the shapes [N] and [2] do not broadcast: from the last axis on, sizes"
                + " are equal or one is 1.");
    assertThat(Calculation.refusal(x -> Gather.of(x[0], x[1], 0), RIGHT, Tensor.indices(2)))
        .isEqualTo("gather was given the index 2 in row 0 of its indices; they lie from 0 to 1.");
    assertThatThrownBy(() -> Calculation.refusal(x -> x[0].plus(x[1]), "f64[2]", "f64[2]"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Nothing was refused.");
    assertThatThrownBy(() -> Calculation.refusal(x -> x[0].plus(x[1]), RIGHT, RIGHT))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Nothing was refused.");
  }
}
