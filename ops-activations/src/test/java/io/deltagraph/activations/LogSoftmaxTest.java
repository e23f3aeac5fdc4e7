package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSoftmaxTest implements OpContract {
  private static final double[] LOGITS = {0.8, -2, 1.4};

  /** To 60 digits and rounded once. */
  private static final double[] LOGS = {
    -1.0588067437128286, -3.8588067437128286, -0.45880674371282876
  };

  private static final double[] PROBABILITIES = {
    0.34686946765447985, 0.021093154050844935, 0.6320373782946752
  };

  @Override
  public Op<?> op() {
    return new LogSoftmax();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact()
        .outputWithin(2, "ln Σ has the rounding of 1")
        .finiteInputs("x − max is ∞ − ∞");
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]"),
        Case.of("[N, 3]"),
        Case.of("[2, 3, 4]"),
        Case.of("[1, 2]"),
        Case.of("[0, 3]"),
        Case.of("[2, 0]"),
        Case.of("[3, 2]").with("axis", 0),
        Case.of("[2, 3, 2]").with("axis", -2));
  }

  @Override
  public List<Case> refusals() {
    return List.of(Case.of("[]"), Case.of("[2, 3]").with("axis", -3));
  }

  @Test
  void valuesAreThoseOfSixtyDigits() {
    assertArrayEquals(LOGS, Calculation.elements(x -> LogSoftmax.of(x, -1), LOGITS), 1e-15);
  }

  /** {@code g − softmax Σ g}. */
  @Test
  void theGradientIsTheGradientLessItsShare() {
    Tensor seed = Tensor.vector(1, 0, 3);
    double[] expected = new double[3];
    for (int i = 0; i < 3; i++) {
      expected[i] = seed.get(i) - PROBABILITIES[i] * 4;
    }
    assertArrayEquals(
        expected,
        Calculation.gradients(x -> LogSoftmax.of(x[0], 0), seed, Tensor.vector(LOGITS))
            .get(0)
            .toDoubles(),
        1e-15);
  }

  @Test
  void smallProbabilitiesKeepTheirLogarithm() {
    assertArrayEquals(
        new double[] {0, -2e3}, Calculation.elements(x -> LogSoftmax.of(x, 0), 1e3, -1e3));
    assertArrayEquals(
        new double[] {-Math.log(2), -Math.log(2), Double.NEGATIVE_INFINITY},
        Calculation.elements(x -> LogSoftmax.of(x, 0), 7, 7, Double.NEGATIVE_INFINITY),
        1e-16);
  }

  @Test
  void aCommonOffsetCostsNoDigits() {
    assertArrayEquals(
        Calculation.elements(x -> LogSoftmax.of(x, 0), 0, 1),
        Calculation.elements(x -> LogSoftmax.of(x, 0), 1e15, 1e15 + 1));
  }

  @Test
  void rowsAndColumnsAreToldApart() {
    Tensor x = Tensor.matrix(new double[] {0, Math.log(3)}, new double[] {Math.log(4), 0});
    assertArrayEquals(
        new double[] {Math.log(0.2), Math.log(0.75), Math.log(0.8), Math.log(0.25)},
        Calculation.elements(v -> LogSoftmax.of(v[0], 0), x),
        1e-15);
  }

  @Test
  void infinityAndNaNAreNotHidden() {
    double nan = Double.NaN;
    assertArrayEquals(
        new double[] {nan, nan},
        Calculation.elements(x -> LogSoftmax.of(x, 0), Double.POSITIVE_INFINITY, 0));
    assertArrayEquals(
        new double[] {nan, nan}, Calculation.elements(x -> LogSoftmax.of(x, 0), nan, 0));
  }
}
