package com.acme.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class DirectionAndLengthTest implements OpContract {
  @Override public Op<?> op() { return new DirectionAndLength(); }
}
