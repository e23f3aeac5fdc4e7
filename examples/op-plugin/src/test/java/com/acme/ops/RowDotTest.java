package com.acme.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class RowDotTest implements OpContract {
  @Override public Op<?> op() { return new RowDot(); }
}
