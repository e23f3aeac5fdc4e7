package io.deltagraph.models;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * A graph from inputs to outputs and the values of its parameters: what is left of a model when it
 * has been trained, and all that is saved of it.
 *
 * @param graph in the mode of inference
 * @param parameters a tensor for each of the graph's parameters, by name
 */
public record TrainedModel(Graph graph, Map<String, Tensor> parameters) {

  /** Keeps of the parameters those that the graph has. */
  public TrainedModel {
    ImmutableMap.Builder<String, Tensor> kept = ImmutableMap.builder();
    for (GraphParameter parameter : graph.parameters()) {
      Tensor value = parameters.get(parameter.label());
      Preconditions.checkArgument(value != null, "There is no value for %s.", parameter);
      kept.put(parameter.label(), value);
    }
    parameters = kept.buildOrThrow();
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
    try (Session session = Session.open(graph)) {
      return session.setAll(parameters).run(feeds);
    }
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
