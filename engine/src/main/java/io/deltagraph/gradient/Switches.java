package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The values whose change of sign tells that a kink of a function was crossed. */
public final class Switches {
  private Switches() {}

  /**
   * The switches of every node that {@code roots} are computed from, those inside composites
   * included, each once.
   */
  public static ImmutableList<Value> of(List<? extends Value> roots) {
    Set<Value> seen = new HashSet<>();
    Set<Value> switches = new LinkedHashSet<>();
    List<Value> open = new ArrayList<>(roots);
    while (!open.isEmpty()) {
      for (Value value : GraphBuilder.reachable(List.of(open.removeLast()))) {
        if (value instanceof Apply apply && seen.add(apply)) {
          switches.addAll(apply.op().switches(new Node(apply, apply)));
          apply.body().ifPresent(open::add);
        }
      }
    }
    return ImmutableList.copyOf(switches);
  }
}
