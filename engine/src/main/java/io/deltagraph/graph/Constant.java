package io.deltagraph.graph;

import io.deltagraph.tensor.Tensor;

/** A value that never changes. */
public final class Constant extends Value {
  private final Tensor tensor;

  Constant(GraphBuilder builder, int id, Tensor tensor) {
    super(builder, id, tensor.type(), null);
    this.tensor = tensor;
  }

  /** The number or numbers. */
  public Tensor tensor() {
    return tensor;
  }
}
