package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values whose change of sign tells that a kink of a function was crossed. */
public final class Kinks {
  private Kinks() {}

  /**
   * Those of every node that {@code roots} are computed from, each once. A composite gives those
   * that it states, or else those of its expansion.
   */
  public static List<Value> of(List<? extends Value> roots) {
    return stated(Reachable.from(roots));
  }

  /** Those of a composite's expansion, without what the composite is given. */
  static List<Value> inside(Apply composite) {
    List<Value> bodies =
        composite.tuple().parts().stream().flatMap(part -> part.body().stream()).toList();
    List<Value> given = composite.inputs();
    return stated(
        Reachable.from(bodies, given::contains).stream()
            .filter(value -> !given.contains(value))
            .toList());
  }

  private static List<Value> stated(List<Value> nodes) {
    Set<Value> kinks = new LinkedHashSet<>();
    for (Value value : nodes) {
      if (value instanceof Apply apply) {
        kinks.addAll(apply.op().kinks(new NodeAdjoint(apply, Map.of(apply, apply))));
      }
    }
    return ImmutableList.copyOf(kinks);
  }
}
