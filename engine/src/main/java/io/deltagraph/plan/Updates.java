package io.deltagraph.plan;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Which units write the new values of parameters in place, after everything else. A unit may, if
 * nothing but parameters takes its results, if it reads what it overwrites element by element, and
 * if no other such unit reads what it overwrites.
 */
final class Updates {
  private final Map<Value, GraphParameter> targets = new HashMap<>();
  private final Set<Unit> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<GraphParameter> written = new HashSet<>();

  /**
   * Chooses.
   *
   * @param fits whether a unit lays a result out as the parameter lies
   */
  Updates(Graph graph, List<Unit> units, BiPredicate<Value, GraphParameter> fits) {
    Map<GraphParameter, Value> updates = graph.updates();
    Set<Value> shared = new HashSet<>();
    updates.forEach((parameter, value) -> {
      if (targets.put(Expansion.of(value), parameter) != null) {
        shared.add(Expansion.of(value));
      }
    });
    graph.outputs().values().forEach(output -> shared.add(Expansion.of(output)));
    units.forEach(unit -> shared.addAll(unit.inputs()));
    targets.keySet().removeAll(shared);
    List<Unit> able = new ArrayList<>();
    for (Unit unit : units) {
      if (targets.keySet().containsAll(unit.results())
          && unit.results().stream().allMatch(result -> fits.test(result, parameter(result)))
          && isAble(unit)) {
        able.add(unit);
      }
    }
    Map<Value, Integer> readers = new HashMap<>();
    able.forEach(unit -> sources(unit).forEach(read -> readers.merge(read, 1, Integer::sum)));
    for (Unit unit : able) {
      boolean alone = true;
      Set<Value> read = sources(unit);
      for (Value result : unit.results()) {
        GraphParameter target = parameter(result);
        int own = read.contains(target) ? 1 : 0;
        alone &= readers.getOrDefault(target, 0) == own;
      }
      if (alone) {
        chosen.add(unit);
        unit.results().forEach(result -> written.add(parameter(result)));
      }
    }
  }

  private boolean isAble(Unit unit) {
    if (unit.group().isEmpty() || !unit.results().equals(unit.group().get().results())) {
      return false;
    }
    Set<Value> overwritten = new HashSet<>();
    for (Value result : unit.results()) {
      GraphParameter target = parameter(result);
      if (!target.type().equals(result.type())) {
        return false;
      }
      overwritten.add(target);
    }
    if (unit.core().isPresent()) {
      Apply core = unit.core().get();
      return core.op() instanceof Contraction
          && Expansion.inputs(core).stream().map(Updates::source).noneMatch(overwritten::contains);
    }
    return unit.group().get().inputs().stream()
        .noneMatch(input -> input instanceof Apply && overwritten.contains(source(input)));
  }

  private static Set<Value> sources(Unit unit) {
    return unit.inputs().stream().map(Updates::source).collect(Collectors.toSet());
  }

  /** What a value is a view of. */
  private static Value source(Value value) {
    Value source = value;
    while (source instanceof Apply node && node.op() instanceof View) {
      source = Expansion.of(node.input(0));
    }
    return source;
  }

  /** Whether the unit writes to parameters. */
  boolean inPlace(Unit unit) {
    return chosen.contains(unit);
  }

  /** Whether a unit writes to the parameter. */
  boolean inPlace(GraphParameter parameter) {
    return written.contains(parameter);
  }

  /** The parameter whose new value that is. */
  GraphParameter parameter(Value result) {
    GraphParameter target = targets.get(result);
    if (target == null) {
      throw new IllegalStateException(result + " is no new value.");
    }
    return target;
  }
}
