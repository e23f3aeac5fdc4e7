package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The order in which units are computed. */
final class UnitOrder {
  private UnitOrder() {}

  /** Each unit as early as its last node allows, so that values live as short as in the graph. */
  static ImmutableList<Unit> of(List<Unit> units) {
    Map<Value, Unit> makers = new HashMap<>();
    for (Unit unit : units) {
      unit.results().forEach(result -> makers.put(result, unit));
    }
    IdentityHashMap<Unit, Integer> waiting = new IdentityHashMap<>();
    IdentityHashMap<Unit, List<Unit>> next = new IdentityHashMap<>();
    PriorityQueue<Unit> ready =
        new PriorityQueue<>(Comparator.comparingInt(unit -> unit.nodes().getLast().id()));
    for (Unit unit : units) {
      Set<Unit> before = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Value input : unit.inputs()) {
        Unit maker = makers.get(input);
        if (maker != null) {
          before.add(maker);
        }
      }
      before.forEach(maker -> next.computeIfAbsent(maker, key -> new ArrayList<>()).add(unit));
      waiting.put(unit, before.size());
      if (before.isEmpty()) {
        ready.add(unit);
      }
    }
    ImmutableList.Builder<Unit> order = ImmutableList.builder();
    while (!ready.isEmpty()) {
      Unit unit = ready.remove();
      order.add(unit);
      for (Unit after : next.getOrDefault(unit, List.of())) {
        if (waiting.merge(after, -1, Integer::sum) == 0) {
          ready.add(after);
        }
      }
    }
    return order.build();
  }
}
