package io.deltagraph.plan;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.type.TensorType;

/** Checks that a view shows elements of its input alone. */
final class Reach {
  private Reach() {}

  /** Refuses a map that shows anything outside the input. */
  static void check(Apply node, IndexMap map, Operand input, TensorType type) {
    int[] shown = type.shape().sizes();
    if (map.strides().size() != shown.length) {
      throw new GraphException.BadOp(
          node, "its index map has " + map.strides().size() + " strides for " + type);
    }
    if (type.shape().elements() == 0) {
      return;
    }
    long low = map.offset();
    long high = map.offset();
    for (int i = 0; i < shown.length; i++) {
      long reach = (long) map.strides().get(i) * (shown[i] - 1);
      low += Math.min(reach, 0);
      high += Math.max(reach, 0);
    }
    if (low < 0 || high >= input.elements()) {
      throw new GraphException.BadOp(
          node,
          "its index map shows the elements %d to %d of an input with %d"
              .formatted(low, high, input.elements()));
    }
  }
}
