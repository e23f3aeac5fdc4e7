package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanAbsoluteErrorTest implements OpContract {
  @Override
  public Op<?> op() {
    return new MeanAbsoluteError();
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

  /** {@code sign(a − t)/(n k)} (001). */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        MeanAbsoluteError::of,
        (a, t) -> Math.abs(a - t),
        (a, t) -> Math.signum(a - t),
        (a, t) -> Math.signum(t - a),
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4}));
  }

  @Test
  void theUsualReductionIsMeanAll() {
    Losses.assertSame(
        MeanAbsoluteError::of,
        (a, t) -> MeanAbsoluteError.of(a, t, LossReduction.MEAN_ALL),
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4}));
  }

  @Test
  void theGradientAtATieIsZero() {
    Losses.assertFormula(
        MeanAbsoluteError::of,
        (a, t) -> Math.abs(a - t),
        (a, t) -> a == t ? 0 : a > t ? 1 : -1,
        (a, t) -> a == t ? 0 : a > t ? -1 : 1,
        Tensor.matrix(new double[] {2, 1e-300, -1e-300}),
        Tensor.matrix(new double[] {2, 0, 0}));
  }

  @Test
  void extremeOutputsGiveTheLimits() {
    assertEquals(2e3, Losses.value(MeanAbsoluteError::of, Tensor.vector(1e3), Tensor.vector(-1e3)));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            MeanAbsoluteError::of, Tensor.vector(Double.NEGATIVE_INFINITY), Tensor.vector(0)));
    assertEquals(
        Double.NaN,
        Losses.value(MeanAbsoluteError::of, Tensor.vector(Double.NaN), Tensor.vector(0)));
  }
}
