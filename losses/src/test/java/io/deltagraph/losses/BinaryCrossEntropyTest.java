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

class BinaryCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new BinaryCrossEntropy();
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
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean_all"),
            Case.of("[]", "[]"),
            Case.of("[4]", "[4]"))
        .map(c -> c.sampling(0, Sampler.uniform(0.1, 0.9)).sampling(1, Sampler.uniform(0.1, 0.9)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4]", "[4, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2]", "[2]").with("reduction", "average"));
  }

  /** {@code (a − t) / (a (1 − a))} (002). */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        BinaryCrossEntropy::of,
        (a, t) -> -(t * Math.log(a) + (1 - t) * Math.log(1 - a)),
        (a, t) -> (a - t) / (a * (1 - a)),
        (a, t) -> Math.log((1 - a) / a),
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1}));
  }

  @Test
  void theUsualReductionIsMeanAll() {
    Losses.assertSame(
        BinaryCrossEntropy::of,
        (a, t) -> BinaryCrossEntropy.of(a, t, LossReduction.MEAN_ALL),
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1}));
  }

  @Test
  void certainAndRightCostsNothing() {
    Tensor certain = Tensor.matrix(new double[] {0, 1});
    assertEquals(0, Losses.value(BinaryCrossEntropy::of, certain, certain));
    assertArrayEquals(
        new double[] {1, -1},
        Losses.gradients((a, t) -> BinaryCrossEntropy.of(a, t, LossReduction.SUM), certain, certain)
            .get(0)
            .toDoubles());
  }

  @Test
  void certainAndWrongCostsInfinity() {
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            BinaryCrossEntropy::of,
            Tensor.matrix(new double[] {0, 1}),
            Tensor.matrix(new double[] {1, 1})));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            BinaryCrossEntropy::of,
            Tensor.matrix(new double[] {0, 1}),
            Tensor.matrix(new double[] {0, 0})));
    assertEquals(
        Double.NaN,
        Losses.value(
            BinaryCrossEntropy::of,
            Tensor.matrix(new double[] {Double.NaN}),
            Tensor.matrix(new double[] {0})));
  }

  /** ln(1 − a) is −a to first order: nothing of a tiny a is lost. */
  @Test
  void tinyProbabilitiesKeepTheirDigits() {
    assertEquals(
        1e-20,
        Losses.value(
            BinaryCrossEntropy::of,
            Tensor.matrix(new double[] {1e-20}),
            Tensor.matrix(new double[] {0})),
        1e-35);
  }

  /** {@code −ln L} of the Bernoulli law {@code p(y) = a^y (1 − a)^(1 − y)} (002). */
  @Test
  void theSumIsTheNegativeLogLikelihoodOfTheBernoulliLaw() {
    double[] a = {0.9, 0.2, 0.6};
    double[] y = {1, 0, 0};
    double likelihood = 0.9 * 0.8 * 0.4;
    assertEquals(
        -Math.log(likelihood),
        Losses.value(
            (p, t) -> BinaryCrossEntropy.of(p, t, LossReduction.SUM),
            Tensor.vector(a),
            Tensor.vector(y)),
        1e-15);
  }
}
