package io.deltagraph.graph;

import io.deltagraph.type.TensorType;

/** A value that is given anew for each run. */
public final class Input extends Value {
  Input(GraphBuilder builder, int id, TensorType type, String name) {
    super(builder, id, type, name);
  }
}
