package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
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

class SortWithOrderTest implements OpContract {
  private static final Tensor MATRIX =
      Tensor.matrix(new double[] {1, 4, 2}, new double[] {32, 8, 16});

  @Override
  public Op<?> op() {
    return new SortWithOrder();
  }

  @Test
  void givesTheElementsAndWhereTheyWere() {
    assertThat(elements(x -> SortWithOrder.of(x[0], 1, false).values(), MATRIX))
        .containsExactly(1, 2, 4, 8, 16, 32);
    assertThat(elements(x -> SortWithOrder.of(x[0], 1, false).order(), MATRIX))
        .containsExactly(0, 2, 1, 1, 2, 0);
    assertThat(elements(x -> SortWithOrder.of(x[0], 0, true).values(), MATRIX))
        .containsExactly(32, 8, 16, 1, 4, 2);
    assertThat(value(x -> SortWithOrder.of(x[0], 0, true).order(), MATRIX).type())
        .isEqualTo(TensorType.of(DType.I32, 2, 3));
    assertThat(elements(x -> SortWithOrder.of(x[0], -1, true).order(), Tensor.indices(3, 1, 2)))
        .containsExactly(0, 2, 1);
    assertThat(batched(x -> SortWithOrder.of(x[0], 0, false).values(), Tensor.vector(2, 1, 3)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void theOrderLeadsFromTheElementsToTheSortedOnes() {
    assertThat(
            elements(
                x -> TakeAlongAxis.of(x[0], SortWithOrder.of(x[0], 1, true).order(), 1), MATRIX))
        .containsExactly(4, 2, 1, 32, 16, 8);
  }

  @Test
  void equalElementsAndNaNKeepTheirPlaces() {
    assertThat(elements(x -> SortWithOrder.of(x, 0, false).order(), 5, 1, 5, 1))
        .containsExactly(1, 3, 0, 2);
    assertThat(elements(x -> SortWithOrder.of(x, 0, false).order(), 0, -0.0, Double.NaN, -1))
        .containsExactly(3, 0, 1, 2);
  }

  /** Weights 1, 2, 3 on the sorted elements. */
  @Test
  void sendsGradientsBackWhereTheElementsCameFrom() {
    assertThat(
            elements(
                derivative(x -> SortWithOrder.of(x[0], 0, false).values().times(x[1]), 0),
                Tensor.vector(30, -10, 20),
                Tensor.vector(1, 2, 3)))
        .containsExactly(3, 1, 2);
    assertThat(
            elements(
                derivative(x -> SortWithOrder.of(x[0], 0, true).values().times(x[1]), 0),
                Tensor.vector(5, 1, 5),
                Tensor.vector(1, 2, 3)))
        .containsExactly(1, 3, 2);
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertThat(refusal(x -> SortWithOrder.of(x[0], 2, false).values(), "f64[2, 3]"))
        .isEqualTo("sort_with_order cannot take f64[2, 3]: there is no axis 2 in [2, 3].");
  }
}
