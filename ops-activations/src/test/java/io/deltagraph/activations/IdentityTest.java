package io.deltagraph.activations;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;

class IdentityTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Identity();
  }
}
