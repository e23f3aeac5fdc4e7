package io.deltagraph.cli;

import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which saved model, and which table. */
final class ModelOptions {
  @Parameters(
      paramLabel = "MODEL",
      description = "What 'train' has saved, with or without the ending .json.")
  private Path model = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "A CSV file with a line of column names; further columns are left alone.")
  private Path data = Path.of("");

  Path path() {
    return model;
  }

  /** What {@link #load} and {@link #table} read. */
  InputFiles inputs() {
    return new InputFiles().with("model", ModelFiles.files(model)).with("table", List.of(data));
  }

  SavedModel load(OpLookup ops) throws IOException {
    return load(model, ops);
  }

  /** A model, or advice where there is none. */
  static SavedModel load(Path model, OpLookup ops) throws IOException {
    if (!Files.exists(ModelFiles.json(model))) {
      Path likely = model.resolveSibling(model.getFileName() + ".model");
      throw new InputException(
          model.toString(),
          "no file " + ModelFiles.json(model),
          "a model that 'train' has saved",
          Files.exists(ModelFiles.json(likely))
              ? "perhaps '" + likely + "' was meant"
              : "check the path, or train a model first");
    }
    return SavedModel.load(model, ops);
  }

  CsvTable table() {
    return CsvTable.read(data);
  }
}
