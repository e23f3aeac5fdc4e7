package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An immutable graph: named outputs, parameters' new values, and everything they are computed from.
 */
public final class Graph {
  private final Map<String, Value> outputs;
  private final Map<Parameter, Value> updates;
  private final List<Value> nodes;
  private final OpLookup ops;
  private final List<Input> inputs;
  private final List<Parameter> parameters;

  private Graph(
      Map<String, Value> outputs, Map<Parameter, Value> updates, List<Value> nodes, OpLookup ops) {
    this.outputs = outputs;
    this.updates = updates;
    this.nodes = nodes;
    this.ops = ops;
    this.inputs = select(Input.class);
    this.parameters = select(Parameter.class);
  }

  static Graph of(Map<String, Value> outputs, Map<Parameter, Value> updates, OpLookup ops) {
    List<Value> roots = new ArrayList<>(outputs.values());
    roots.addAll(updates.keySet());
    roots.addAll(updates.values());
    if (roots.stream().map(Value::builder).distinct().count() > 1) {
      throw new GraphException.BadGraph(
          "A graph's outputs and updates belong to one builder; these come from several.");
    }
    return new Graph(
        ImmutableMap.copyOf(outputs),
        ImmutableMap.copyOf(updates),
        ImmutableList.copyOf(Reachable.from(roots)),
        ops);
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
  public Map<Parameter, Value> updates() {
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
  public List<Parameter> parameters() {
    return parameters;
  }

  private <T extends Value> List<T> select(Class<T> kind) {
    return nodes.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .collect(ImmutableList.toImmutableList());
  }
}
