package io.deltagraph.onnx.read;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.models.TrainedModel;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that was read from an ONNX file.
 *
 * @param graph an ordinary graph: its inputs and outputs have the names and the named dimensions of
 *     the file, and its parameters are those initialisers of f64 and f32 that a run needs
 * @param parameters a tensor for each of the graph's parameters, by name
 * @param origin what the file says of itself
 * @param metadata what its writer has added, by key
 * @param leftOut outputs of texts, such as the names of classes, which no graph here has
 */
public record OnnxModel(
    Graph graph,
    Map<String, Tensor> parameters,
    Origin origin,
    Map<String, String> metadata,
    List<String> leftOut) {

  /** Copies the maps and the list. */
  public OnnxModel {
    leftOut = List.copyOf(leftOut);
    parameters = ImmutableMap.copyOf(parameters);
    metadata = ImmutableMap.copyOf(metadata);
  }

  /**
   * What a file says of itself.
   *
   * @param producer the program that wrote it, empty if it does not say
   * @param producerVersion that program's version, likewise
   * @param format the version of the format
   * @param opset the version of ONNX's operators
   * @param operators how often each operator stands in it, by name
   */
  public record Origin(
      String producer,
      String producerVersion,
      int format,
      int opset,
      Map<String, Integer> operators) {

    /** Copies the map. */
    public Origin {
      operators = ImmutableMap.copyOf(operators);
    }
  }

  /** The model as one that predicts. */
  public TrainedModel trained() {
    return new TrainedModel(graph, parameters);
  }

  /**
   * The model as one that predicts for tables and is saved: where it goes from one matrix of a
   * named number of rows to another. Its columns and classes have the names that the file gives
   * them as this project does, {@code column.0} and {@code class.0} among its metadata, or numbers.
   *
   * @param name what to call it
   */
  public Optional<SavedModel> saved(String name) {
    return TableForm.of(name, this);
  }
}
