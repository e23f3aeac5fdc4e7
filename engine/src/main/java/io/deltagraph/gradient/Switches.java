package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The values whose change of sign tells that a kink of a function was crossed. */
public final class Switches {
  private Switches() {}

  /**
   * The switches of every node that {@code roots} are computed from, each once. Those of a
   * composite are what it states, or else those of its expansion.
   */
  public static ImmutableList<Value> of(List<? extends Value> roots) {
    return stated(GraphBuilder.reachable(roots));
  }

  /** The switches of a composite's expansion, without what the composite is given. */
  static ImmutableList<Value> inside(Apply composite) {
    Set<Value> inside = new HashSet<>();
    List<Value> open = new ArrayList<>(composite.body().stream().toList());
    while (!open.isEmpty()) {
      Value value = open.removeLast();
      if (!composite.inputs().contains(value)
          && value instanceof Apply apply
          && inside.add(apply)) {
        open.addAll(apply.inputs());
      }
    }
    return stated(ImmutableList.sortedCopyOf(Comparator.comparingInt(Value::id), inside));
  }

  private static ImmutableList<Value> stated(List<Value> nodes) {
    Set<Value> switches = new LinkedHashSet<>();
    for (Value value : nodes) {
      if (value instanceof Apply apply) {
        switches.addAll(apply.op().switches(new Node(apply, apply)));
      }
    }
    return ImmutableList.copyOf(switches);
  }
}
