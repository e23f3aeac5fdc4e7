package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparseSoftmaxCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new SparseSoftmaxCrossEntropy();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact()
        .outputWithin(4, "ln Σ has the rounding of 1")
        .gradientWithin(4, "softmax − 1 has the rounding of 1")
        .finiteInputs("x − max is ∞ − ∞");
  }

  @Override
  public List<Case> cases() {
    return Losses.casesOfClasses();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusalsOfClasses();
  }

  private static final Tensor LOGITS =
      Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4});
  private static final Tensor CLASSES = Tensor.indices(1, 2);

  @Test
  void equalsTheDenseForm() {
    Tensor oneHot = Tensor.matrix(new double[] {0, 1, 0}, new double[] {0, 0, 1});
    assertEquals(
        Losses.value(SoftmaxCrossEntropy::of, LOGITS, oneHot),
        Losses.value(SparseSoftmaxCrossEntropy::of, LOGITS, CLASSES),
        1e-15);
  }

  /** A logit of −∞ rules a class out. */
  @Test
  void aClassRuledOutCostsNothingUnlessItIsTheTrueOne() {
    Tensor logits = Tensor.matrix(new double[] {0, Double.NEGATIVE_INFINITY, 0});
    assertEquals(
        Math.log(2), Losses.value(SparseSoftmaxCrossEntropy::of, logits, Tensor.indices(2)), 1e-16);
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(SparseSoftmaxCrossEntropy::of, logits, Tensor.indices(1)));
  }

  @Test
  void hugeLogitsNeitherOverflowNorVanish() {
    Tensor logits = Tensor.matrix(new double[] {1e3, -1e3});
    assertEquals(0, Losses.value(SparseSoftmaxCrossEntropy::of, logits, Tensor.indices(0)));
    assertEquals(2e3, Losses.value(SparseSoftmaxCrossEntropy::of, logits, Tensor.indices(1)));
  }
}
