package io.deltagraph.serving;

import io.deltagraph.files.ModelFileException;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.TrainedModel;
import java.nio.file.Path;
import java.util.Map;

/**
 * Models of any inputs and outputs as files: the graph, which names ops, and the parameters,
 * without a preparation of tables. {@link SavedModel} has one.
 */
public final class TrainedModels {
  private TrainedModels() {}

  /**
   * Saves a model as {@code stem.json} and {@code stem.safetensors}, replacing any of that name, or
   * leaves everything as it was.
   *
   * @throws ModelFileException if it cannot be written
   */
  public static void save(TrainedModel model, Path stem) throws ModelFileException {
    ModelFiles.save(stem, model.graph(), model.parameters(), Map.of());
  }

  /**
   * Loads the graph and the parameters of a model, in any process: the same bits are predicted.
   *
   * @param ops where the graph's ops are found, such as {@code OpRegistry.load()}
   * @throws ModelFileException if a file is missing, damaged, lying or hostile
   */
  public static TrainedModel load(Path stem, OpLookup ops) throws ModelFileException {
    ModelFiles.Model files = ModelFiles.load(stem, ops);
    return new TrainedModel(files.graph(), files.parameters());
  }
}
