package io.deltagraph.cli;

import io.deltagraph.data.CsvFormat;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What stands between its cells: , ; | or tab; without it told from the file.")
  private @Nullable String delimiter;

  @Option(
      names = "--decimal",
      paramLabel = "CHARACTER",
      description = "What stands before decimals: . or , ; without it told from the file.")
  private @Nullable String decimal;

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
    CsvFormat format = CsvFormat.FOUND;
    if (delimiter != null) {
      format =
          format.separatedBy(
              delimiter.equals("tab")
                  ? '\t'
                  : one("--delimiter", delimiter, ",;|\t", ", ; | or tab"));
    }
    if (decimal != null) {
      format = format.withDecimal(one("--decimal", decimal, ".,", ". or ,"));
    }
    return CsvTable.read(data, CsvLimits.DEFAULT, format);
  }

  private static char one(String option, String given, String known, String expected) {
    if (given.length() != 1 || known.indexOf(given.charAt(0)) < 0) {
      throw new InputException(
          option, InputException.quoted(given), expected, "correct the option");
    }
    return given.charAt(0);
  }
}
