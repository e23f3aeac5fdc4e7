package io.deltagraph.ops;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import java.util.Optional;

/** What rewrite rules share. */
final class Rules {
  private Rules() {}

  /** The input of an op applied twice that undoes itself. */
  static Optional<Value> undone(Apply node) {
    return node.input(0) instanceof Apply inner && inner.op().id().equals(node.op().id())
        ? Optional.of(inner.input(0))
        : Optional.empty();
  }
}
