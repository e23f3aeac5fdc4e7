package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.type.Dim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An immutable graph: named outputs, parameters' new values, and everything they are computed from,
 * an input that only gives a named dimension its size included.
 */
public final class Graph {
  private final Map<String, Value> outputs;
  private final Map<GraphParameter, Value> updates;
  private final List<Value> nodes;
  private final OpLookup ops;
  private final List<Input> inputs;
  private final List<GraphParameter> parameters;

  private Graph(
      Map<String, Value> outputs,
      Map<GraphParameter, Value> updates,
      List<Value> nodes,
      OpLookup ops) {
    this.outputs = outputs;
    this.updates = updates;
    this.nodes = nodes;
    this.ops = ops;
    this.inputs = select(Input.class);
    this.parameters = select(GraphParameter.class);
  }

  static Graph of(Map<String, Value> outputs, Map<GraphParameter, Value> updates, OpLookup ops) {
    List<Value> roots = new ArrayList<>(outputs.values());
    roots.addAll(updates.keySet());
    roots.addAll(updates.values());
    if (roots.stream().map(Value::builder).distinct().count() > 1) {
      throw new GraphException.BadGraph(
          "A graph's outputs and updates belong to one builder; these come from several.");
    }
    return new Graph(ImmutableMap.copyOf(outputs), ImmutableMap.copyOf(updates), nodes(roots), ops);
  }

  /**
   * What the roots are computed from, and the inputs that only give a size: for a named dimension
   * that no input among these has, the first input that was declared with it.
   */
  private static ImmutableList<Value> nodes(List<Value> roots) {
    ImmutableList<Value> reached = ImmutableList.copyOf(Reachable.from(roots));
    Set<Dim> open = named(reached.stream());
    open.removeAll(named(reached.stream().filter(Input.class::isInstance)));
    if (open.isEmpty()) {
      return reached;
    }
    List<Value> all = new ArrayList<>(reached);
    for (Input input : roots.getFirst().builder().inputs()) {
      if (open.removeAll(named(Stream.of(input)))) {
        all.add(input);
      }
    }
    return ImmutableList.sortedCopyOf(Comparator.comparingInt(Value::id), all);
  }

  private static Set<Dim> named(Stream<? extends Value> values) {
    return values
        .flatMap(value -> value.shape().dims().stream())
        .filter(dim -> !dim.isFixed())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The values that a run returns, by name, in order. */
  public Map<String, Value> outputs() {
    return outputs;
  }

  /**
   * The output of that name.
   *
   * @throws GraphException.BadGraph listing the outputs, if there is none
   */
  public Value output(String name) {
    Value value = outputs.get(name);
    if (value == null) {
      throw new GraphException.BadGraph(
          "No output named '" + name + "'; there are " + outputs.keySet() + ".");
    }
    return value;
  }

  /** What a run sets parameters to, in order. */
  public Map<GraphParameter, Value> updates() {
    return updates;
  }

  /** All values in topological order; composites count as one. */
  public List<Value> nodes() {
    return nodes;
  }

  /** Where its builder finds ops, and with them backends and rewrite rules. */
  public OpLookup ops() {
    return ops;
  }

  /** The inputs, in the order they were made. */
  public List<Input> inputs() {
    return inputs;
  }

  /** The parameters, in the order they were made. */
  public List<GraphParameter> parameters() {
    return parameters;
  }

  private <T extends Value> List<T> select(Class<T> kind) {
    return nodes.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .collect(ImmutableList.toImmutableList());
  }
}
