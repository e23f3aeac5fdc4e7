package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegativeLogLikelihoodTest implements OpContract {
  @Override
  public Op<?> op() {
    return new NegativeLogLikelihood();
  }

  @Override
  public List<Case> cases() {
    return Losses.casesOfClasses();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusalsOfClasses();
  }

  @Test
  void aClassRuledOutCostsNothingUnlessItIsTheTrueOne() {
    Tensor logs = Tensor.matrix(new double[] {-1, Double.NEGATIVE_INFINITY});
    assertEquals(1, Losses.value(NegativeLogLikelihood::of, logs, Tensor.indices(0)));
    assertEquals(
        Double.POSITIVE_INFINITY, Losses.value(NegativeLogLikelihood::of, logs, Tensor.indices(1)));
  }
}
