package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which matrices are column-major, their columns lying together instead of their rows: parameters
 * that a product sums over their last axis, as {@code A Wᵀ} does with weights out × in. Then the
 * elements that one vector of the product takes lie together. The graph alone decides, so that all
 * plans of a session agree.
 */
public final class ParameterLayouts {
  private ParameterLayouts() {}

  /** The names of the parameters of a graph that are column-major. */
  public static Set<String> columnMajor(Graph graph) {
    Set<String> names = new TreeSet<>();
    for (Value value : Expansion.reachable(graph.nodes())) {
      if (value instanceof Apply node && node.op() instanceof Contraction<Record> op) {
        InputTypes types =
            new InputTypes(
                node.inputs().stream().map(Value::type).collect(ImmutableList.toImmutableList()));
        Subscripts subscripts = op.subscripts(node.attributes(), types);
        String[] sides = {subscripts.left(), subscripts.right()};
        for (int side = 0; side < 2; side++) {
          wish(Expansion.of(node.input(side)), sides[side], subscripts.output(), names);
        }
      }
    }
    if (!names.isEmpty()) {
      spread(graph, names);
    }
    return ImmutableSet.copyOf(names);
  }

  /** Parameters that are set together, as weights and their velocity, lie in the same way. */
  private static void spread(Graph graph, Set<String> names) {
    List<Set<String>> together = new ArrayList<>();
    graph
        .updates()
        .forEach((parameter, value) -> {
          Set<String> group = new HashSet<>(Set.of(parameter.label()));
          for (Value next :
              Reachable.along(List.of(Expansion.of(value)), ParameterLayouts::alike)) {
            if (next instanceof GraphParameter read) {
              group.add(read.label());
            }
          }
          together.add(group);
        });
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Set<String> group : together) {
        grew |= !Collections.disjoint(group, names) && names.addAll(group);
      }
    }
  }

  /** The inputs of a pointwise node that have its type. */
  private static List<Value> alike(Apply node) {
    return node.op() instanceof Pointwise
        ? Expansion.inputs(node).stream().filter(input -> input.type().equals(node.type())).toList()
        : List.of();
  }

  private static void wish(Value value, String labels, String output, Set<String> names) {
    boolean swapped =
        value instanceof Apply node
            && Expansion.of(node.input(0)) instanceof GraphParameter input
            && Expansion.isTransposition(node, input.type(), node.type());
    Value source = swapped ? Expansion.of(((Apply) value).input(0)) : value;
    if (source instanceof GraphParameter parameter
        && parameter.type().rank() == 2
        && parameter.dtype().isFloat()
        && labels.length() == 2) {
      boolean first = output.indexOf(labels.charAt(0)) < 0;
      boolean last = output.indexOf(labels.charAt(1)) < 0;
      if (swapped ? first && !last : last && !first) {
        names.add(parameter.label());
      }
    }
  }

  /** The values that are column-major because the parameters that they meet in a loop are. */
  static Set<Value> following(List<Unit> units, Set<String> parameters, SizedTypes types) {
    Set<Value> columnMajor = new HashSet<>();
    units.forEach(unit -> follow(unit, parameters, types, columnMajor));
    return columnMajor;
  }

  private static void follow(
      Unit unit, Set<String> parameters, SizedTypes types, Set<Value> columnMajor) {
    if (unit.group().isEmpty()) {
      return;
    }
    Unit.Group group = unit.group().get();
    Shape shape = types.of(group.results().get(0)).shape();
    boolean reads =
        group.inputs().stream()
            .anyMatch(value ->
                value instanceof GraphParameter parameter
                    && parameters.contains(parameter.label())
                    && types.of(parameter).shape().equals(shape));
    if (reads && unit.results().equals(group.results())) {
      columnMajor.addAll(group.results());
      for (Value input : group.inputs()) {
        if (input instanceof Apply node
            && node.op() instanceof Contraction
            && types.of(node).shape().equals(shape)) {
          columnMajor.add(node);
        }
      }
    }
  }
}
