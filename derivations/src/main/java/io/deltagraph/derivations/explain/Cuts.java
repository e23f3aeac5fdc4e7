package io.deltagraph.derivations.explain;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a graph is cut into equations: at every value with a name, and at others where one equation
 * would grow too long or the same expression would be written more than once.
 */
final class Cuts {
  private static final int LONGEST = 24;
  private static final int REPEATED = 3;

  private final Set<Value> unnamed = new HashSet<>();
  private final List<Value> nodes;

  Cuts(List<Value> roots) {
    nodes = Reachable.from(roots);
    Map<Value, Integer> uses = new HashMap<>();
    for (Value value : nodes) {
      if (value instanceof Apply apply) {
        apply.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }
    roots.forEach(root -> {
      if (root instanceof Apply) {
        unnamed.add(root);
      }
    });
    Map<Value, Integer> sizes = new HashMap<>();
    for (Value value : nodes) {
      int size = 1;
      if (value instanceof Apply apply) {
        for (Value input : apply.inputs()) {
          size += isCut(input) ? 1 : sizes.getOrDefault(input, 1);
        }
        if (size > LONGEST || (size > REPEATED && uses.getOrDefault(value, 0) > 1)) {
          unnamed.add(value);
        }
      }
      sizes.put(value, size);
    }
  }

  /** All values that the roots are computed from, in topological order. */
  List<Value> nodes() {
    return nodes;
  }

  /** Whether a value is called by its name. */
  boolean isCut(Value value) {
    return !(value instanceof Apply || value instanceof Constant)
        || value.name().isPresent()
        || unnamed.contains(value);
  }

  /** The values that an equation's right side consists of, its left side last. */
  List<Value> within(Value cut) {
    return new ArrayList<>(Reachable.from(List.of(cut), v -> v != cut && isCut(v)));
  }
}
