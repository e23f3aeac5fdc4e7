package io.deltagraph.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts other values in the place of some. What is computed from these is made anew by the same ops
 * with the same attributes, so that shapes and dtypes are checked again; all else stays as it is.
 */
public final class Substitution {
  private final Map<Value, Value> results;

  /** With nothing in the place of anything yet. */
  public Substitution() {
    this(Map.of());
  }

  /**
   * With replacements, by what they replace. A value in its own place stays as it is, whatever it
   * is computed from.
   */
  public Substitution(Map<? extends Value, ? extends Value> replacements) {
    results = new HashMap<>(replacements);
  }

  /**
   * Puts a value in the place of another, before anything that is computed from that one is asked
   * for.
   */
  public void put(Value replaced, Value by) {
    results.put(replaced, by);
  }

  /** What stands in the place of a value. */
  public Value in(Value root) {
    for (Value value : Reachable.from(List.of(root), results::containsKey)) {
      if (!results.containsKey(value)) {
        results.put(value, anew(value));
      }
    }
    return results.getOrDefault(root, root);
  }

  /** The graph of what stands in the places of a graph's outputs and of its parameters' updates. */
  public Graph in(Graph graph) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, in(value)));
    Map<GraphParameter, Value> updates = new LinkedHashMap<>();
    graph.updates().forEach((parameter, value) -> updates.put(parameter, in(value)));
    return Graph.of(outputs, updates, graph.ops());
  }

  /** A value computed from what stands in the places of its inputs. */
  private Value anew(Value value) {
    return switch (value) {
      case Input input -> input;
      case GraphParameter parameter -> parameter;
      case Constant constant -> constant;
      case Apply node -> {
        List<Value> inputs =
            node.inputs().stream().map(input -> results.getOrDefault(input, input)).toList();
        yield inputs.equals(node.inputs()) ? node : node.on(inputs);
      }
    };
  }
}
