package io.deltagraph.derivations.explain;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;

/** {@code x³}, as a stranger's module would bring it: without a rule for textbooks. */
public final class Cube implements Pointwise<NoAttributes> {
  @Override
  public OpId id() {
    return OpId.of("test:cube");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).times(x.get(0)).times(x.get(0));
  }
}
