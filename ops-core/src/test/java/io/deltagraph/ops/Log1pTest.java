package io.deltagraph.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class Log1pTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Log1p();
  }
}
