package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorTest implements OpContract {
  @Override
  public Op<?> op() {
    return new MeanSquaredError();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[N, 3]", "[N, 3]"),
        Case.of("[2, 3]", "[2, 3]"),
        Case.of("[1, 1]", "[1, 1]"),
        Case.of("[2, 1, 3]", "[2, 1, 3]"),
        Case.of("[0, 3]", "[0, 3]").with("reduction", "sum"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "sum"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "mean"),
        Case.of("[N, 3]", "[N, 3]").with("reduction", "mean_all"),
        Case.of("[]", "[]"),
        Case.of("[4]", "[4]"));
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4]", "[4, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2]", "[2]").with("reduction", "average"));
  }

  /** {@code 2 (a − t)/(n k)} (001; 003 eq. 20–21). */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        MeanSquaredError::of,
        (a, t) -> (t - a) * (t - a),
        (a, t) -> 2 * (a - t),
        (a, t) -> 2 * (t - a),
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4}));
  }

  @Test
  void theUsualReductionIsMeanAll() {
    Losses.assertSame(
        MeanSquaredError::of,
        (a, t) -> MeanSquaredError.of(a, t, LossReduction.MEAN_ALL),
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4}));
  }

  /** 9 + 16 + 4 over 2 · 2. */
  @Test
  void theMeanIsOverSamplesAndOutputs() {
    assertEquals(
        29 / 4.0,
        Losses.value(
            MeanSquaredError::of,
            Tensor.matrix(new double[] {3, 0}, new double[] {0, 2}),
            Tensor.matrix(new double[] {0, 4}, new double[] {0, 0})),
        0);
  }

  @Test
  void extremeOutputsGiveTheLimits() {
    assertEquals(4e6, Losses.value(MeanSquaredError::of, Tensor.vector(1e3), Tensor.vector(-1e3)));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            MeanSquaredError::of, Tensor.vector(Double.POSITIVE_INFINITY), Tensor.vector(0)));
    assertEquals(
        Double.NaN,
        Losses.value(MeanSquaredError::of, Tensor.vector(Double.NaN), Tensor.vector(0)));
  }
}
