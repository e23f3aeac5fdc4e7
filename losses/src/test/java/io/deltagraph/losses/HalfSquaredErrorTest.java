package io.deltagraph.losses;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;

class HalfSquaredErrorTest implements OpContract {
  @Override
  public Op<?> op() {
    return new HalfSquaredError();
  }

  @Override
  public List<Case> cases() {
    return Losses.cases();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusals();
  }
}
