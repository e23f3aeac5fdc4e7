package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CategoricalCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new CategoricalCrossEntropy();
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

  /** {@code −t / a} (001; 004). */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        CategoricalCrossEntropy::of,
        (a, t) -> -t * Math.log(a),
        (a, t) -> -t / a,
        (a, t) -> -Math.log(a),
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1}));
  }

  @Test
  void theUsualReductionIsMean() {
    Losses.assertSame(
        CategoricalCrossEntropy::of,
        (a, t) -> CategoricalCrossEntropy.of(a, t, LossReduction.MEAN),
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1}));
  }

  @Test
  void aTargetOfZeroCostsNothingEvenAtZero() {
    Tensor outputs = Tensor.matrix(new double[] {0, 1});
    Tensor targets = Tensor.matrix(new double[] {0, 1});
    assertEquals(0, Losses.value(CategoricalCrossEntropy::of, outputs, targets));
    assertArrayEquals(
        new double[] {0, -1},
        Losses.gradients(CategoricalCrossEntropy::of, outputs, targets).get(0).toDoubles());
  }

  @Test
  void certainAndWrongCostsInfinity() {
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            CategoricalCrossEntropy::of,
            Tensor.matrix(new double[] {0, 1}),
            Tensor.matrix(new double[] {1, 0})));
  }

  /** Under a softmax {@code (a Σ t − t)/n}; here the targets sum to 1 and to 1.5. */
  @Test
  void underASoftmaxTheDeltaHoldsTheSumOfTheTargets() {
    Tensor logits = Tensor.matrix(new double[] {0.8, -2, 1.4}, new double[] {0, 1, 2});
    Tensor targets = Tensor.matrix(new double[] {0, 1, 0}, new double[] {1, 0.5, 0});
    double[] delta =
        Losses.gradients((z, t) -> CategoricalCrossEntropy.of(z.op("softmax"), t), logits, targets)
            .get(0)
            .toDoubles();
    assertArrayEquals(Losses.softmaxDelta(logits, targets), delta, 1e-15);
  }

  /** The example of 004, whose printed −0.97 should be −0.9789. */
  @Test
  void theExampleOfTheNotes() {
    double[] delta =
        Losses.gradients(
                (z, t) -> CategoricalCrossEntropy.of(z.op("softmax"), t),
                Tensor.matrix(new double[] {0.8, -2, 1.4}),
                Tensor.matrix(new double[] {0, 1, 0}))
            .get(0)
            .toDoubles();
    assertArrayEquals(new double[] {0.3469, -0.9789, 0.6320}, delta, 5e-5);
  }
}
