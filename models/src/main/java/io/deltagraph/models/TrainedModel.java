package io.deltagraph.models;

import com.google.common.base.Preconditions;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A graph from inputs to outputs and the values of its parameters: what is left of a model when it
 * has been trained, and all that is saved of it. May be used by several threads, which take turns;
 * plans are made by the first call for a number of rows and kept. Nothing has to be closed.
 */
public final class TrainedModel {
  private final Graph graph;
  private final Map<String, Tensor> parameters;
  private final Supplier<Session> session;

  /**
   * Keeps of the parameters those that the graph has.
   *
   * @param graph in the mode of inference
   * @param parameters a tensor for each of the graph's parameters, by name
   */
  public TrainedModel(Graph graph, Map<String, Tensor> parameters) {
    this.graph = graph;
    ImmutableMap.Builder<String, Tensor> kept = ImmutableMap.builder();
    for (GraphParameter parameter : graph.parameters()) {
      Tensor value = parameters.get(parameter.label());
      Preconditions.checkArgument(value != null, "There is no value for %s.", parameter);
      kept.put(parameter.label(), value);
    }
    Map<String, Tensor> values = kept.buildOrThrow();
    this.parameters = values;
    this.session = Suppliers.memoize(() -> Session.open(graph).setAll(values));
  }

  /** From inputs to outputs, in the mode of inference. */
  public Graph graph() {
    return graph;
  }

  /** A tensor for each of the graph's parameters, by name. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /**
   * The outputs, by name.
   *
   * @param inputs a tensor for each input, by name, all of as many rows; f64 and f32 are converted
   * @throws io.deltagraph.graph.GraphException if one is missing, unknown or of another shape
   */
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    Map<String, Tensor> feeds = new HashMap<>(inputs);
    for (Input input : graph.inputs()) {
      feeds.computeIfPresent(
          input.label(),
          (name, tensor) ->
              input.dtype().isFloat() && tensor.type().dtype().isFloat()
                  ? tensor.cast(input.dtype())
                  : tensor);
    }
    return session.get().run(feeds);
  }

  /** The first output for rows of the only input, n × features, or for a batch of its shape. */
  public Tensor predict(Tensor rows) {
    Preconditions.checkArgument(
        graph.inputs().size() == 1, "This model takes %s: give each by its name.", graph.inputs());
    return predict(Map.of(graph.inputs().getFirst().label(), rows)).values().iterator().next();
  }

  /** The first output for rows of numbers, one for each row. */
  public double[][] predict(double[]... rows) {
    return predict(Tensor.matrix(rows)).toRows();
  }
}
