package com.acme.ops;

import io.deltagraph.graph.*;
import io.deltagraph.type.TensorType;

/** {@code yᵢ = xₙ₋₁₋ᵢ} along the last axis, counted from 0. */
public final class Flip implements View<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:flip"); }
  @Override public OpSignature signature() { return OpSignature.all(OpSignature.Accepts.ANY, "x"); }
  @Override public TensorType infer(NoAttributes none, InputTypes inputs) {
    inputs.axis(0, -1); // refuses a scalar, in the engine's words
    return inputs.get(0);
  }
  @Override public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
    int[] strides = IndexMap.rowMajor(input.shape().sizes());
    strides[strides.length - 1] = -1;
    return IndexMap.of(input.shape().dim(-1).size() - 1, strides);
  }
}
