package io.deltagraph.activations;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;

class SiluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Silu();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact()
        .outputWithin(1, "e^−x overflows before x e^x vanishes")
        .gradientWithin(1, "y is 0 there");
  }
}
