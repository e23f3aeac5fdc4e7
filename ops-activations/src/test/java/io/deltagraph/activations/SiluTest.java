package io.deltagraph.activations;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class SiluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Silu();
  }
}
