package io.deltagraph.ops;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;

class Expm1Test implements OpContract {
  @Override
  public Op<?> op() {
    return new Expm1();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact().gradientWithin(2, "y + 1 has the rounding of y");
  }
}
