package io.deltagraph.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class LessEqualTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LessEqual();
  }
}
