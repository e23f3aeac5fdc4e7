package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Collection;
import java.util.List;

/** Composites replaced by the values that they stand for. */
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
  static List<Value> inputs(Apply node) {
    for (Value input : node.inputs()) {
      if (of(input) != input) {
        return expanded(node);
      }
    }
    return node.inputs();
  }

  private static List<Value> expanded(Apply node) {
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
  static List<Value> reachable(Collection<Value> roots) {
    // A body is made before its composite, so its numbers lie below those of whatever uses it.
    return Reachable.along(roots.stream().map(Expansion::of).toList(), Expansion::inputs);
  }
}
