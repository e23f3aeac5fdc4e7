package io.deltagraph.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class SquareTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Square();
  }
}
