package io.deltagraph.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The values that others are computed from, each once, in topological order. */
public final class Reachable {
  private Reachable() {}

  /** The values that {@code roots} are computed from and they themselves. */
  public static List<Value> from(Iterable<? extends Value> roots) {
    return from(roots, value -> false);
  }

  /** As {@link #from(Iterable)}, without what only values at the {@code border} come from. */
  public static List<Value> from(Iterable<? extends Value> roots, Predicate<Value> border) {
    return along(roots, node -> border.test(node) ? List.of() : node.inputs());
  }

  /**
   * The roots and what is reached from them by steps of the caller's choice.
   *
   * @param steps the values to go on to from a node, made before it
   */
  public static List<Value> along(
      Iterable<? extends Value> roots, Function<Apply, List<Value>> steps) {
    Set<Value> seen = new HashSet<>();
    List<Value> open = new ArrayList<>();
    roots.forEach(open::add);
    while (!open.isEmpty()) {
      Value value = open.removeLast();
      if (seen.add(value) && value instanceof Apply node) {
        open.addAll(steps.apply(node));
      }
    }
    return seen.stream().sorted(Comparator.comparingInt(Value::id)).toList();
  }
}
