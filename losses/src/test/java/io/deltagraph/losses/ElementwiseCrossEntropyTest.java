package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementwiseCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new ElementwiseCrossEntropy();
  }

  @Override
  public List<Case> cases() {
    return Losses.cases().stream()
        .map(c -> c.sampling(0, Sampler.uniform(0.1, 0.9)).sampling(1, Sampler.uniform(0.1, 0.9)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusals();
  }

  /** Under a sigmoid the delta is {@code (a − t)/n} (004). */
  @Test
  void underASigmoidTheDeltaIsTheErrorOverN() {
    Tensor logits = Tensor.matrix(new double[] {0.3, -1.2}, new double[] {2, 0.1});
    Tensor targets = Tensor.matrix(new double[] {1, 0}, new double[] {0.25, 1});
    double[] delta =
        Losses.gradients((z, t) -> ElementwiseCrossEntropy.of(z.op("sigmoid"), t), logits, targets)
            .get(0)
            .toDoubles();
    for (int i = 0; i < 4; i++) {
      double a = 1 / (1 + Math.exp(-logits.get(i)));
      assertEquals((a - targets.get(i)) / 2, delta[i], 1e-15);
    }
  }

  /**
   * Under a softmax the delta is not {@code a − t} (004 says it is): for its example it is (0.0979,
   * −1.0263, 0.9284).
   */
  @Test
  void underASoftmaxTheDeltaIsNotTheError() {
    double[] delta =
        Losses.gradients(
                (z, t) -> ElementwiseCrossEntropy.of(z.op("softmax"), t),
                Tensor.matrix(new double[] {0.8, -2, 1.4}),
                Tensor.matrix(new double[] {0, 1, 0}))
            .get(0)
            .toDoubles();
    assertArrayEquals(new double[] {0.0979, -1.0263, 0.9284}, delta, 5e-5);
  }
}
