package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class KlDivergenceTest implements OpContract {
  @Override
  public Op<?> op() {
    return new KlDivergence();
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

  @Test
  void isZeroForEqualRowsAndAboveElsewhere() {
    Tensor p = Tensor.matrix(new double[] {0.2, 0.3, 0.5}, new double[] {0.25, 0.25, 0.5});
    Tensor q = Tensor.matrix(new double[] {0.3, 0.3, 0.4}, new double[] {0.5, 0.25, 0.25});
    assertEquals(0, Losses.value(KlDivergence::of, p, p), 1e-16);
    assertTrue(Losses.value(KlDivergence::of, p, q) > 0.01);
    assertTrue(Losses.value(KlDivergence::of, q, p) > 0.01);
  }
}
