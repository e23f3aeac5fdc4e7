package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KlDivergenceTest implements OpContract {
  @Override
  public Op<?> op() {
    return new KlDivergence();
  }

  @Override
  public List<Case> cases() {
    return Stream.of(
            Case.of("[N, 3]", "[N, 3]"),
            Case.of("[2, 3]", "[2, 3]"),
            Case.of("[1, 1]", "[1, 1]"),
            Case.of("[2, 1, 3]", "[2, 1, 3]"),
            Case.of("[0, 3]", "[0, 3]").with("reduction", "sum"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "sum"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean_all"))
        .map(c -> c.sampling(0, Sampler.uniform(0.1, 0.9)).sampling(1, Sampler.uniform(0.1, 0.9)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[4]", "[4]"),
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2, 2]", "[2, 2]").with("reduction", "average"));
  }

  /** {@code −t / a} and {@code ln(t / a) + 1}. */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        KlDivergence::of,
        (a, t) -> t == 0 ? 0 : t * Math.log(t / a),
        (a, t) -> -t / a,
        (a, t) -> Math.log(t / a) + 1,
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0.125, 0.25}, new double[] {0.5, 0.0625, 1}));
  }

  @Test
  void theUsualReductionIsMean() {
    Losses.assertSame(
        KlDivergence::of,
        (a, t) -> KlDivergence.of(a, t, LossReduction.MEAN),
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0.125, 0.25}, new double[] {0.5, 0.0625, 1}));
  }

  @Test
  void isZeroForEqualRowsAndAboveElsewhere() {
    Tensor p = Tensor.matrix(new double[] {0.2, 0.3, 0.5}, new double[] {0.25, 0.25, 0.5});
    Tensor q = Tensor.matrix(new double[] {0.3, 0.3, 0.4}, new double[] {0.5, 0.25, 0.25});
    assertEquals(0, Losses.value(KlDivergence::of, p, p), 1e-16);
    assertTrue(Losses.value(KlDivergence::of, p, q) > 0.01);
    assertTrue(Losses.value(KlDivergence::of, q, p) > 0.01);
  }

  @Test
  void aTargetOfZeroCostsNothingEvenAtZero() {
    Tensor outputs = Tensor.matrix(new double[] {0, 1});
    Tensor targets = Tensor.matrix(new double[] {0, 1});
    assertEquals(0, Losses.value(KlDivergence::of, outputs, targets));
    assertArrayEquals(
        new double[] {0, -1},
        Losses.gradients(KlDivergence::of, outputs, targets).get(0).toDoubles());
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(KlDivergence::of, outputs, Tensor.matrix(new double[] {1, 0})));
  }
}
