package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new BinaryCrossEntropy();
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
