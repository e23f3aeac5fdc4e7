package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values computed once, without a session to keep. */
public final class Evaluate {
  private Evaluate() {}

  /**
   * The values of {@code roots}, in order.
   *
   * @param roots what to compute, all of one builder
   * @param feeds tensors for inputs and parameters, by name; those that the roots do not need may
   *     be left out or given
   * @throws GraphException.BadInput if one is missing, unknown or of another type
   */
  public static List<Tensor> values(List<? extends Value> roots, Map<String, Tensor> feeds) {
    if (roots.isEmpty()) {
      return ImmutableList.of();
    }
    GraphBuilder builder = roots.getFirst().builder();
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < roots.size(); i++) {
      outputs.put(Integer.toString(i), roots.get(i));
    }
    Graph graph = builder.graph(outputs);
    Map<String, Tensor> inputs = new HashMap<>();
    Map<String, Tensor> parameters = new HashMap<>();
    feeds.forEach((name, tensor) -> {
      switch (builder.named(name).orElseThrow(() -> unknown(name, graph))) {
        case Input input -> inputs.put(input.label(), tensor);
        case GraphParameter parameter -> parameters.put(parameter.label(), tensor);
        case Constant other -> throw unknown(name, graph);
        case Apply other -> throw unknown(name, graph);
      }
    });
    try (Session session = Session.open(graph)) {
      return session.setAll(parameters).run(inputs).values().stream().toList();
    }
  }

  /** The value of {@code root}. */
  public static Tensor value(Value root, Map<String, Tensor> feeds) {
    return values(List.of(root), feeds).getFirst();
  }

  private static GraphException unknown(String name, Graph graph) {
    List<Value> known = new ArrayList<>(graph.inputs());
    known.addAll(graph.parameters());
    return Feeds.unknown("input or parameter", name, known);
  }
}
