package io.deltagraph.activations;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.stream.Stream;

class LinearTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Linear();
  }

  @Override
  public List<Case> cases() {
    return Stream.concat(
            OpContract.super.cases().stream(),
            Stream.of(Case.of("[N, 3]").with("k", 2.5), Case.of("[4]").with("k", -0.5)))
        .toList();
  }
}
