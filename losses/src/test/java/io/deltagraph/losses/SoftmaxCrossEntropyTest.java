package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new SoftmaxCrossEntropy();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact()
        .gradientWithin(4, "softmax − t has the rounding of t")
        .finiteInputs("x − max is ∞ − ∞");
  }

  @Override
  public List<Case> cases() {
    return Losses.casesOfRows().stream().map(c -> c.sampling(1, Sampler.uniform(0, 1))).toList();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusalsOfRows();
  }

  private static final Tensor LOGITS =
      Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4});

  /** The second row sums to 1.5. */
  private static final Tensor TARGETS =
      Tensor.matrix(new double[] {0.25, 0.75, 0}, new double[] {1, 0.5, 0});

  /** {@code (softmax Σ t − t)/n} (001; 004), and −ln softmax for the targets. */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    double[] delta = Losses.softmaxDelta(LOGITS, TARGETS);
    double[] logs = Losses.logSoftmax(LOGITS);
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum -= TARGETS.get(i) * logs[i];
    }
    for (LossReduction reduction : Losses.TO_ONE) {
      BinaryOperator<Value> loss = (z, t) -> SoftmaxCrossEntropy.of(z, t, reduction);
      double divisor = Losses.divisor(reduction, LOGITS);
      assertEquals(sum / divisor, Losses.value(loss, LOGITS, TARGETS), 1e-15 * sum);
      List<Tensor> gradients = Losses.gradients(loss, LOGITS, TARGETS);
      for (int i = 0; i < 6; i++) {
        assertEquals(delta[i] * 2 / divisor, gradients.get(0).get(i), 1e-15);
        assertEquals(-logs[i] / divisor, gradients.get(1).get(i), 1e-14);
      }
    }
  }

  @Test
  void theUsualReductionIsMean() {
    Losses.assertSame(
        SoftmaxCrossEntropy::of,
        (z, t) -> SoftmaxCrossEntropy.of(z, t, LossReduction.MEAN),
        LOGITS,
        TARGETS);
  }

  @Test
  void hugeLogitsNeitherOverflowNorVanish() {
    Tensor logits = Tensor.matrix(new double[] {1e3, -1e3});
    Tensor right = Tensor.matrix(new double[] {1, 0});
    Tensor wrong = Tensor.matrix(new double[] {0, 1});
    assertEquals(0, Losses.value(SoftmaxCrossEntropy::of, logits, right));
    assertEquals(2e3, Losses.value(SoftmaxCrossEntropy::of, logits, wrong));
    assertArrayEquals(
        new double[] {1, -1},
        Losses.gradients(SoftmaxCrossEntropy::of, logits, wrong).get(0).toDoubles());
  }

  @Test
  void infinityAndNaNAreNotHidden() {
    Tensor one = Tensor.matrix(new double[] {1, 0});
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(
          Double.NaN,
          Losses.value(SoftmaxCrossEntropy::of, Tensor.matrix(new double[] {bad, 0}), one));
    }
  }

  /** The example of 004, whose printed −0.97 should be −0.9789. */
  @Test
  void theExampleOfTheNotes() {
    assertArrayEquals(
        new double[] {0.3469, -0.9789, 0.6320},
        Losses.gradients(
                SoftmaxCrossEntropy::of,
                Tensor.matrix(new double[] {0.8, -2, 1.4}),
                Tensor.matrix(new double[] {0, 1, 0}))
            .get(0)
            .toDoubles(),
        5e-5);
  }
}
