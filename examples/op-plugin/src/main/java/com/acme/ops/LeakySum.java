package com.acme.ops;

import io.deltagraph.graph.*;
import io.deltagraph.tensor.*;
import io.deltagraph.type.TensorType;
import java.util.List;

/** {@code yᵢ = xᵢ + ½ yᵢ₋₁} along the last axis: each entry needs the one before, so it is a loop. */
public final class LeakySum implements Kernel<NoAttributes> {
  @Override public OpId id() { return OpId.of("acme:leaky_sum"); }
  @Override public OpSignature signature() { return OpSignature.of("x"); }
  @Override public TensorType infer(NoAttributes none, InputTypes inputs) {
    inputs.axis(0, -1); // refuses a scalar, in the engine's words
    return inputs.get(0);
  }
  @Override public void forward(NoAttributes none, List<TensorReader> in, TensorWriter y) {
    TensorReader x = in.getFirst();
    for (int i = 0; i < x.length(); i++) {
      y.set(i, x.get(i) + (i % x.size(-1) == 0 ? 0 : y.get(i - 1) / 2));
    }
  }
  /** {@code dxᵢ = gᵢ + ½ dxᵢ₊₁}: the same loop from the other end, opaque to the engine. */
  @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.raw("leaky_sum.backward", at.output().type(), LeakySum::back, at.gradient()));
  }
  private static void back(List<TensorReader> in, TensorWriter dx) {
    TensorReader g = in.getFirst();
    for (int i = g.length() - 1; i >= 0; i--) {
      dx.set(i, g.get(i) + ((i + 1) % g.size(-1) == 0 ? 0 : dx.get(i + 1) / 2));
    }
  }
}
