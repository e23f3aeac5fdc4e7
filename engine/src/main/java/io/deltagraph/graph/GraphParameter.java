package io.deltagraph.graph;

import io.deltagraph.type.TensorType;

/**
 * A value that is kept between runs and may be updated by them: a weight, or the state of an
 * optimizer.
 */
public final class GraphParameter extends Value {
  GraphParameter(GraphBuilder builder, int id, TensorType type, String name) {
    super(builder, id, type, name);
  }
}
