package io.deltagraph.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class Expm1Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Expm1();
  }
}
