package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values behind composites. */
final class Expansion {
  private Expansion() {}

  /** What a value stands for: the innermost body of a composite, any other value itself. */
  static Value of(Value value) {
    Value inner = value;
    while (inner instanceof Apply apply && apply.body().isPresent()) {
      inner = apply.body().get();
    }
    return inner;
  }

  /** What a node reads. */
  static ImmutableList<Value> inputs(Apply node) {
    for (Value input : node.inputs()) {
      if (of(input) != input) {
        return expanded(node);
      }
    }
    return node.inputs();
  }

  private static ImmutableList<Value> expanded(Apply node) {
    return node.inputs().stream().map(Expansion::of).collect(ImmutableList.toImmutableList());
  }

  /**
   * Whether a node swaps the two axes of a matrix.
   *
   * @param input the type of its input, of known sizes
   * @param output its own
   */
  static boolean isTransposition(Apply node, TensorType input, TensorType output) {
    return node.op() instanceof View<Record> view
        && input.rank() == 2
        && output.shape().equals(Shape.of(input.shape().dim(1), input.shape().dim(0)))
        && view.map(node.attributes(), input, output)
            .equals(IndexMap.of(0, 1, input.shape().dim(1).size()));
  }

  /** All values without composites that the roots are computed from, in topological order. */
  static ImmutableList<Value> reachable(Collection<Value> roots) {
    Set<Value> seen = new HashSet<>();
    List<Value> open = new ArrayList<>();
    roots.forEach(root -> open.add(of(root)));
    List<Value> found = new ArrayList<>();
    while (!open.isEmpty()) {
      Value value = open.removeLast();
      if (seen.add(value)) {
        found.add(value);
        if (value instanceof Apply apply) {
          apply.inputs().forEach(input -> open.add(of(input)));
        }
      }
    }
    // A body is made before its composite, so its numbers lie below those of whatever uses it.
    found.sort(Comparator.comparingInt(Value::id));
    return ImmutableList.copyOf(found);
  }
}
