package com.acme.ops;

import io.deltagraph.graph.*;
import java.util.List;

/** {@code length = √(Σ x² + 10⁻²)} along the last axis, which stays as 1, and {@code x / length}. */
public final class DirectionAndLength implements Composite.Several<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:direction_and_length"); }
  @Override public OpSignature signature() {
    return OpSignature.of("x").giving("direction", "length");
  }
  @Override public List<Value> forwardAll(NoAttributes none, Values x) {
    Value length = x.get(0).square().sum(List.of(-1), true).plus(0.01).sqrt();
    return List.of(x.get(0).over(length), length);
  }
}
