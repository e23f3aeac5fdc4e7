package io.deltagraph.gradient;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a cotangent to the type of the input that it belongs to, summing where the input was
 * repeated.
 */
final class Unbroadcast {
  private Unbroadcast() {}

  static Value to(Value input, Value cotangent, Apply apply, int index) {
    if (cotangent.type().equals(input.type())) {
      return cotangent;
    }
    Shape target = input.shape();
    Shape shape = cotangent.shape();
    boolean dtype = cotangent.dtype() == input.dtype();
    if (dtype && target.broadcastsTo(shape)) {
      return sum(cotangent, target);
    }
    if (dtype && shape.broadcastsTo(target)) {
      return cotangent.broadcastTo(target);
    }
    throw new GraphException.BadOp(
        apply,
        "its cotangent for input "
            + index
            + " has the type "
            + cotangent.type()
            + ", which does not fit the input's "
            + input.type());
  }

  private static Value sum(Value cotangent, Shape target) {
    int extra = cotangent.shape().rank() - target.rank();
    List<Integer> leading = new ArrayList<>();
    for (int i = 0; i < extra; i++) {
      leading.add(i);
    }
    Value result = leading.isEmpty() ? cotangent : cotangent.sum(leading, false);
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < target.rank(); i++) {
      if (target.dim(i).isOne() && !result.shape().dim(i).isOne()) {
        repeated.add(i);
      }
    }
    return repeated.isEmpty() ? result : result.sum(repeated, true);
  }
}
