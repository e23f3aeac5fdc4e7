package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for all losses of outputs and targets of one shape: their formulas, their usual
 * reductions, and what they cost far out and where a probability is certain. What is peculiar to
 * one stands in the test of its op.
 */
class DenseLossesTest {
  @ParameterizedTest
  @EnumSource
  void valuesAndGradientsAreThoseOfTheFormula(DenseLoss loss) {
    Losses.assertFormula(
        loss.loss, loss.term, loss.byOutput, loss.byTarget, loss.data.outputs, loss.data.targets);
  }

  @ParameterizedTest
  @EnumSource
  void theReductionIsTheUsualOneUnlessAnotherIsGiven(DenseLoss loss) {
    Losses.assertSame(
        loss.usual,
        (a, t) -> loss.loss.of(a, t, loss.usualReduction),
        loss.data.outputs,
        loss.data.targets);
  }

  /** Errors of 3, 4 and 2: a mean is over samples, or over samples and outputs. */
  @ParameterizedTest
  @CsvSource({
    "HALF_SQUARED_ERROR, 7.25", // (½ (9 + 16) + ½ 4) / 2
    "MEAN_SQUARED_ERROR, 7.25", // (9 + 16 + 4) / (2 · 2)
    "SQUARED_DISTANCE, 29", // 9 + 16 + 4
  })
  void theMeanIsOverWhatTheLossSays(DenseLoss loss, double expected) {
    assertEquals(
        expected,
        Losses.value(
            loss.usual,
            Tensor.matrix(new double[] {3, 0}, new double[] {0, 2}),
            Tensor.matrix(new double[] {0, 4}, new double[] {0, 0})),
        0);
  }

  @ParameterizedTest
  @CsvSource({
    "HALF_SQUARED_ERROR, 2e6, Infinity",
    "MEAN_SQUARED_ERROR, 4e6, Infinity",
    "SQUARED_DISTANCE, 4e6, Infinity",
    "MEAN_ABSOLUTE_ERROR, 2e3, -Infinity",
  })
  void extremeOutputsGiveTheLimits(DenseLoss loss, double far, double infinite) {
    Tensor zero = Tensor.vector(0);
    assertEquals(far, Losses.value(loss.usual, Tensor.vector(1e3), Tensor.vector(-1e3)));
    assertEquals(Double.POSITIVE_INFINITY, Losses.value(loss.usual, Tensor.vector(infinite), zero));
    assertEquals(Double.NaN, Losses.value(loss.usual, Tensor.vector(Double.NaN), zero));
  }

  @ParameterizedTest
  @EnumSource(names = {"BINARY_CROSS_ENTROPY", "ELEMENTWISE_CROSS_ENTROPY"})
  void certainAndRightCostsNothing(DenseLoss loss) {
    Tensor certain = Tensor.matrix(new double[] {0, 1});
    assertEquals(0, Losses.value(loss.usual, certain, certain));
    assertArrayEquals(
        new double[] {1, -1},
        Losses.gradients((a, t) -> loss.loss.of(a, t, LossReduction.SUM), certain, certain)
            .get(0)
            .toDoubles());
  }

  @ParameterizedTest
  @CsvSource({
    "BINARY_CROSS_ENTROPY, 1, 1",
    "BINARY_CROSS_ENTROPY, 0, 0",
    "ELEMENTWISE_CROSS_ENTROPY, 1, 1",
    "ELEMENTWISE_CROSS_ENTROPY, 0, 0",
    "CATEGORICAL_CROSS_ENTROPY, 1, 0",
    "KL_DIVERGENCE, 1, 0",
  })
  void certainAndWrongCostsInfinity(DenseLoss loss, double first, double second) {
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            loss.usual,
            Tensor.matrix(new double[] {0, 1}),
            Tensor.matrix(new double[] {first, second})));
  }

  @ParameterizedTest
  @EnumSource(names = {"BINARY_CROSS_ENTROPY", "ELEMENTWISE_CROSS_ENTROPY"})
  void aProbabilityThatIsNoNumberIsNotHidden(DenseLoss loss) {
    assertEquals(
        Double.NaN,
        Losses.value(
            loss.usual, Tensor.matrix(new double[] {Double.NaN}), Tensor.matrix(new double[] {0})));
  }

  /** ln(1 − a) is −a to first order: nothing of a tiny a is lost. */
  @ParameterizedTest
  @EnumSource(names = {"BINARY_CROSS_ENTROPY", "ELEMENTWISE_CROSS_ENTROPY"})
  void tinyProbabilitiesKeepTheirDigits(DenseLoss loss) {
    assertEquals(
        1e-20,
        Losses.value(
            loss.usual, Tensor.matrix(new double[] {1e-20}), Tensor.matrix(new double[] {0})),
        1e-35);
  }

  @ParameterizedTest
  @EnumSource(names = {"CATEGORICAL_CROSS_ENTROPY", "KL_DIVERGENCE"})
  void aTargetOfZeroCostsNothingEvenAtZero(DenseLoss loss) {
    Tensor outputs = Tensor.matrix(new double[] {0, 1});
    Tensor targets = Tensor.matrix(new double[] {0, 1});
    assertEquals(0, Losses.value(loss.usual, outputs, targets));
    assertArrayEquals(
        new double[] {0, -1}, Losses.gradients(loss.usual, outputs, targets).get(0).toDoubles());
  }
}
