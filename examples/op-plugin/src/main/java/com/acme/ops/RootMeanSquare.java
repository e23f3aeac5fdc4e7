package com.acme.ops;

import io.deltagraph.graph.*;
import java.util.List;

/** {@code y = √(Σ x² / n + 10⁻⁶)} along the last axis, which stays as 1. */
public final class RootMeanSquare implements Reduction<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:root_mean_square"); }
  @Override public OpSignature signature() { return OpSignature.of("x"); }
  @Override public Axes axes(NoAttributes none) { return new Axes(List.of(-1), true); }
  @Override public Lanes prepare(NoAttributes none, Lane x, Lane index) {
    return Lanes.of(x.times(x));
  }
  @Override public Lanes identity(NoAttributes none, Lane like) {
    return Lanes.of(like.constant(0));
  }
  @Override public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
    return Lanes.of(left.get(0).plus(right.get(0)));
  }
  @Override public Lane finish(NoAttributes none, Lanes total, Lane count) {
    return total.get(0).over(count).plus(1e-6).sqrt();
  }
  /** {@code dx = g ⊙ x / (n y)}. */
  @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value n = at.input(0).elementCount(List.of(-1));
    return at.flow(at.gradient().times(at.input(0).over(at.output().times(n))));
  }
}
