package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Targets;
import io.deltagraph.files.OutputFile;
import io.deltagraph.registry.Shown;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltagraph predict MODEL --data FILE}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Predicts a class or a number for each row of a table, as CSV in the order of the rows.",
      "",
      "The table needs the columns that the model learnt from, in any order; the column to predict"
          + " may be absent."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph predict iris.model --data flowers.csv",
      "  deltagraph predict iris.model --data flowers.csv --probabilities --output classes.csv",
      "  deltagraph predict iris.model --data flowers.csv --json"
    })
final class PredictCommand implements Callable<Integer> {
  /** About how many characters are written at a time. */
  private static final int PART = 1 << 16;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private ModelOptions options = new ModelOptions();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write the CSV; without it to standard output.")
  private @Nullable Path output;

  @Option(
      names = "--probabilities",
      description = "A further column for each class, with its probability.")
  private boolean probabilities;

  @Override
  public Integer call() throws IOException {
    Path target = output;
    if (target == null) {
      return predict(null);
    }
    options
        .inputs()
        .with("plugin", shared.plugins())
        .spare(target, "the predictions do", List.of(target));
    try (OutputFile file = OutputFile.open(target)) {
      return predict(file);
    }
  }

  private int predict(@Nullable OutputFile file) throws IOException {
    SavedModel model = options.load(shared.registry());
    CsvTable table = options.table();
    Output out = new Output(command.commandLine(), shared.json());
    remark(model, table, out);
    Predictions predictions = model.predict(table);
    List<String> titles = new ArrayList<>(List.of(model.preparation().outcome().column()));
    @Nullable Tensor shares = null;
    if (probabilities) {
      shares = probabilities(predictions);
      titles.addAll(classNames(model));
    }
    if (file != null || !shared.json()) {
      Tensor columns = shares;
      if (file == null) {
        csv(titles, predictions, columns, out::print);
      } else {
        file.write(stream ->
            csv(
                titles,
                predictions,
                columns,
                text -> stream.write(text.getBytes(StandardCharsets.UTF_8))));
        out.note("Wrote " + table.rows() + " predictions to " + output + ".");
      }
    }
    out.result(json(model, predictions, shares));
    return 0;
  }

  /** Columns that no part of the model looks at: a misspelt name would be among them. */
  private static void remark(SavedModel model, CsvTable table, Output out) {
    List<String> unused = new ArrayList<>(table.columns());
    model.preparation().columns().columns().forEach(column -> unused.remove(column.name()));
    unused.remove(model.preparation().outcome().column());
    if (!unused.isEmpty()) {
      out.note(
          "Columns that the model does not use: " + Shown.line(String.join(", ", unused)) + ".");
    }
  }

  private static Tensor probabilities(Predictions predictions) {
    return predictions
        .probabilities()
        .orElseThrow(() ->
            new InputException(
                "--probabilities",
                "a model whose outputs are no probabilities",
                "one that ends with a softmax or a sigmoid",
                "leave the option out"));
  }

  private static List<String> classNames(SavedModel model) {
    return switch (model.preparation().outcome()) {
      case Outcome.Classes classes -> classes.names();
      case Outcome.Numbers ignored -> List.of();
    };
  }

  /** Takes a part of a text, some lines long. */
  @FunctionalInterface
  private interface Parts {
    void add(String text) throws IOException;
  }

  /** Part by part, since the text of a large table takes more memory than its numbers. */
  private static void csv(
      List<String> titles, Predictions predictions, @Nullable Tensor shares, Parts parts)
      throws IOException {
    StringBuilder csv = new StringBuilder();
    line(csv, titles);
    for (int row = 0; row < predictions.target().rows(); row++) {
      List<String> cells = new ArrayList<>();
      cells.add(
          switch (predictions.target()) {
            case Targets.Classes classes -> classes.names().get(classes.labels().get(row));
            case Targets.Numbers numbers -> number(numbers, predictions.outputs(), row);
          });
      for (int j = 0; shares != null && j < shares.size(1); j++) {
        cells.add(number(shares, row * shares.size(1) + j));
      }
      line(csv, cells);
      if (csv.length() >= PART) {
        parts.add(csv.toString());
        csv.setLength(0);
      }
    }
    parts.add(csv.toString());
  }

  /** An output as it is, or what it stands for where targets were scaled. */
  private static String number(Targets.Numbers numbers, Tensor outputs, int row) {
    double value = numbers.values().get(row);
    return value == outputs.get(row) ? number(outputs, row) : Double.toString(value);
  }

  /** The shortest text that reads back as the same number of its dtype. */
  private static String number(Tensor tensor, int index) {
    double value = tensor.get(index);
    return tensor.type().dtype() == DType.F32
        ? Float.toString((float) value)
        : Double.toString(value);
  }

  private static void line(StringBuilder csv, List<String> cells) {
    for (int j = 0; j < cells.size(); j++) {
      String cell = cells.get(j);
      boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      csv.append(j == 0 ? "" : ",");
      csv.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    csv.append('\n');
  }

  private ObjectNode json(SavedModel model, Predictions predictions, @Nullable Tensor shares) {
    ObjectNode json = Json.object().put("model", options.path().toString());
    json.put("rows", predictions.target().rows());
    json.put("column", model.preparation().outcome().column());
    ArrayNode predicted = json.putArray("predictions");
    switch (predictions.target()) {
      case Targets.Classes classes ->
          classes.labels().forEach(label -> predicted.add(classes.names().get(label)));
      case Targets.Numbers numbers ->
          numbers.values().forEach(number -> Json.add(predicted, number));
    }
    if (shares != null) {
      classNames(model).forEach(json.putArray("classes")::add);
      ArrayNode rows = json.putArray("probabilities");
      for (double[] row : shares.toRows()) {
        ArrayNode one = rows.addArray();
        for (double value : row) {
          Json.add(one, value);
        }
      }
    }
    return json;
  }
}
