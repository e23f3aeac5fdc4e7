package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which units are computed. */
final class UnitOrder {
  private UnitOrder() {}

  /**
   * Ordered by the last node of each unit as far as possible: values live about as short as in the
   * graph.
   */
  static List<Unit> of(List<Unit> units) {
    List<Unit> sorted = new ArrayList<>(units);
    sorted.sort(Comparator.comparingInt(unit -> unit.nodes().getLast().id()));
    Map<Value, Integer> makers = new HashMap<>();
    List<List<Integer>> next = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      int maker = i;
      sorted.get(i).results().forEach(result -> makers.put(result, maker));
      next.add(new ArrayList<>());
    }
    int[] waiting = new int[sorted.size()];
    BitSet ready = new BitSet(sorted.size());
    for (int i = 0; i < waiting.length; i++) {
      Set<Integer> before = new HashSet<>();
      for (Value input : sorted.get(i).inputs()) {
        Integer maker = makers.get(input);
        if (maker != null && before.add(maker)) {
          next.get(maker).add(i);
        }
      }
      waiting[i] = before.size();
      ready.set(i, before.isEmpty());
    }
    ImmutableList.Builder<Unit> order = ImmutableList.builder();
    for (int i = ready.nextSetBit(0); i >= 0; ) {
      ready.clear(i);
      order.add(sorted.get(i));
      int first = i;
      for (int after : next.get(i)) {
        if (--waiting[after] == 0) {
          ready.set(after);
          first = Math.min(first, after);
        }
      }
      i = ready.nextSetBit(first);
    }
    return order.build();
  }
}
