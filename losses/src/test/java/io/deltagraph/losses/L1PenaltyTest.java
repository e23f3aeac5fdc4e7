package io.deltagraph.losses;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;

class L1PenaltyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new L1Penalty();
  }

  @Override
  public List<Case> cases() {
    return Losses.casesOfWeights();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusalsOfWeights();
  }
}
