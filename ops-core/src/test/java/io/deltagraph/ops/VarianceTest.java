package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VarianceTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Variance();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[4]"),
        Case.of("[2, 3]").with("axes", List.of(1)).with("correction", 1),
        Case.of("[2, 3]").with("axes", List.of(0)).with("keepdims", true),
        Case.of("[N, 3]").with("axes", List.of(0)).with("correction", 1),
        Case.of("[2, 2, 3]").with("axes", List.of(0, -1)),
        Case.of("[N, 3]"));
  }

  @Test
  void isThatOfThePopulationOrOfTheSample() {
    assertThat(elements(x -> Variance.of(x, List.of(), false, 0), 2, 4, 4, 4, 5, 5, 7, 9))
        .containsExactly(new double[] {4}, within(1e-14));
    assertThat(elements(x -> Variance.of(x, List.of(), false, 1), 2, 4, 4, 4, 5, 5, 7, 9))
        .containsExactly(new double[] {32.0 / 7}, within(1e-14));
  }

  @Test
  void foldsSomeAxes() {
    assertThat(
            elements(
                x -> Variance.of(x[0], List.of(0), false, 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {12.25, 49, 196}, within(1e-12));
    assertThat(
            elements(
                x -> Variance.of(x[0], List.of(-1), false, 1),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {7.0 / 3, 448.0 / 3}, within(1e-12));
    assertThat(
            value(
                    x -> Variance.of(x[0], List.of(1), true, 0),
                    Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32}))
                .type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
  }

  @Test
  void foldsANamedDimensionBothWays() {
    assertThat(
            batched(
                x -> Variance.of(x[0], List.of(0), false, 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {12.25, 49, 196}, within(1e-12));
    assertThat(
            batched(
                derivative(x -> Variance.of(x[0], List.of(0), false, 1), 0),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(new double[] {-7, -14, -28, 7, 14, 28}, within(1e-12));
  }

  @Test
  void losesNoDigitsFarFromZero() {
    // Textbook sums of squares would cancel to nothing here.
    assertThat(
            elements(
                x -> Variance.of(x, List.of(), false, 1), 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16))
        .containsExactly(new double[] {30}, within(1e-9));
  }

  @Test
  void isNaNWithoutDegreesOfFreedom() {
    assertThat(elements(x -> Variance.of(x, List.of(), false, 1), 3)).containsExactly(Double.NaN);
    assertThat(elements(x -> Variance.of(x, List.of(), false, 0), 3)).containsExactly(0);
  }

  @Test
  void refusesAnotherCorrection() {
    assertThat(refusal(x -> x[0].op("variance", Map.of("correction", 2)), "f64[2]"))
        .isEqualTo("variance: correction is 0 or 1, got 2.");
  }
}
