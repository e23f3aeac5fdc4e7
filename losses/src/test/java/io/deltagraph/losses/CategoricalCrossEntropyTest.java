package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoricalCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new CategoricalCrossEntropy();
  }

  @Override
  public List<Case> cases() {
    return Losses.casesOfRows().stream()
        .map(c -> c.sampling(0, Sampler.uniform(0.1, 0.9)).sampling(1, Sampler.uniform(0.1, 0.9)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusalsOfRows();
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
