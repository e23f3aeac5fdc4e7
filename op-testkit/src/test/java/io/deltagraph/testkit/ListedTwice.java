package io.deltagraph.testkit;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;

/** An op that stands twice in the list of services. */
public final class ListedTwice implements Pointwise<NoAttributes> {
  @Override
  public OpId id() {
    return OpId.of("zoo:listed_twice");
  }

  @Override
  public OpSignature signature() {
    return ZooOps.floats(1);
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).negate();
  }
}
