package io.deltagraph.serving;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.data.RowReader;
import io.deltagraph.data.Targets;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A saved model that is asked for predictions of rows as they are, before any preparation: by the
 * names of the columns, in their order, or as a table. The answers are those of {@link
 * SavedModel#predict(CsvTable)} to the bit.
 *
 * <p>May be used by any number of threads at once; plans and memory are kept and nothing has to be
 * closed.
 */
public final class Predictor {
  private static final int KEPT = Runtime.getRuntime().availableProcessors();

  private final SavedModel model;
  private final RowReader reader;
  private final DType dtype;
  private final Scratch[] free = new Scratch[KEPT];
  private int count;

  private Predictor(SavedModel model) {
    this.model = model;
    reader = RowReader.of(model.preparation().columns());
    dtype = model.graph().inputs().getFirst().dtype();
  }

  /** Predicts by a model. */
  public static Predictor of(SavedModel model) {
    return new Predictor(model);
  }

  /**
   * Predicts by the model that {@code train} saved at a path.
   *
   * @param stem the path with or without the ending {@code .json}
   * @param ops where the model's ops are found, such as {@code OpRegistry.load()}
   * @throws ModelFileException if a file is missing, damaged, lying or hostile
   * @throws InputException if there is a graph with parameters, but no preparation that fits it
   */
  public static Predictor load(Path stem, OpLookup ops) throws ModelFileException {
    return of(SavedModel.load(stem, ops));
  }

  /**
   * Predicts by a model that lies beside a class, in its jar or folder.
   *
   * @param beside a class of the package that the model's two files are in
   * @param stem their name without the endings {@code .json} and {@code .safetensors}
   * @param ops where the model's ops are found
   * @throws InputException if there are no such files, or no preparation that fits the graph
   * @throws IOException if they cannot be read, or are damaged, lying or hostile
   */
  public static Predictor load(Class<?> beside, String stem, OpLookup ops) throws IOException {
    try (InputStream json = beside.getResourceAsStream(stem + ".json");
        InputStream weights = beside.getResourceAsStream(stem + ".safetensors")) {
      if (json == null || weights == null) {
        throw new InputException(
            stem,
            "no " + stem + (json == null ? ".json" : ".safetensors") + " beside " + beside,
            "both files of a model that 'train' has saved",
            "put them among the resources of that package");
      }
      return of(SavedModel.load(stem, json, weights, ops));
    }
  }

  /** The model. */
  public SavedModel model() {
    return model;
  }

  /** The names of the columns that a row needs, in their order. */
  public List<String> columns() {
    return reader.columns();
  }

  /** What a column may hold where it holds categories, in the order of their places; else none. */
  public List<String> categories(String column) {
    int index = columns().indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the model has no column '" + column + "', but " + columns());
    }
    return reader.categories(index);
  }

  /** How many outputs there are for a row. */
  public int outputs() {
    return model.compiled().outputs();
  }

  /**
   * Predicts for one row.
   *
   * @param row by the columns' names: numbers, texts, true or false; further names are left alone
   * @throws InputException for a cell that is not there, no number or no known category, or beyond
   *     the model's dtype, and for a row for which the model gives no number
   */
  public Prediction predict(Map<String, ?> row) {
    double[] cells = new double[reader.width()];
    reader.read("the row", row, cells);
    return predictions(cells).getFirst();
  }

  /**
   * Predicts for one row.
   *
   * @param cells numbers, texts, true or false, in the order of {@link #columns()}
   * @throws InputException as {@link #predict(Map)}
   */
  public Prediction predict(Object... cells) {
    double[] codes = new double[reader.width()];
    reader.read("the row", ImmutableList.copyOf(cells), codes);
    return predictions(codes).getFirst();
  }

  /**
   * Predicts for some rows.
   *
   * @param rows each as {@link #predict(Map)} takes it
   * @throws InputException for the first row that cannot be used; rows are counted from 1
   */
  public List<Prediction> predict(List<? extends Map<String, ?>> rows) {
    if (rows.isEmpty()) {
      return ImmutableList.of();
    }
    int width = reader.width();
    double[] cells = new double[width];
    double[] all = new double[Math.multiplyExact(rows.size(), width)];
    for (int i = 0; i < rows.size(); i++) {
      reader.read(row(i, rows.size()), rows.get(i), cells);
      System.arraycopy(cells, 0, all, i * width, width);
    }
    return predictions(all);
  }

  /**
   * Predicts for the rows of a table, such as {@code CsvTable.parse} makes of a text.
   *
   * @throws InputException for a missing column, or a cell or row that cannot be used
   */
  public List<Prediction> predict(CsvTable table) {
    return list(model.predict(table));
  }

  /**
   * The net's outputs for one row. Allocates nothing once it is settled.
   *
   * @param cells in the order of {@link #columns()}: the number, or the place of the category among
   *     {@link #categories}
   * @param outputs gets the outputs, as many as there are
   * @throws InputException for a cell that is not finite or no place of a category
   * @throws io.deltagraph.graph.GraphException.BadInput if either has another length
   */
  public void predict(double[] cells, double[] outputs) {
    if (cells.length != reader.width()) {
      throw new InputException(
          "the row",
          cells.length + " numbers",
          Integer.toString(reader.width()),
          "give one for each column");
    }
    Scratch scratch = take();
    try {
      scratch.preparation.write(cells, scratch.features);
      model.compiled().predict(scratch.features, outputs);
    } finally {
      giveBack(scratch);
    }
  }

  private static String row(int index, int rows) {
    return rows == 1 ? "the row" : "row " + (index + 1);
  }

  /** Predicts for rows of one number for each column, one row after another. */
  private List<Prediction> predictions(double[] cells) {
    int width = reader.width();
    int rows = cells.length / width;
    Scratch scratch = take();
    try {
      int features = scratch.features.length;
      double[] all = new double[Math.multiplyExact(rows, features)];
      double[] one = new double[width];
      for (int i = 0; i < rows; i++) {
        System.arraycopy(cells, i * width, one, 0, width);
        scratch.preparation.write(one, scratch.features);
        requireWithin(row(i, rows), scratch.features);
        System.arraycopy(scratch.features, 0, all, i * features, features);
      }
      Tensor inputs = Tensor.generate(TensorType.of(dtype, rows, features), i -> all[i]);
      Tensor outputs = model.compiled().predict(inputs);
      requireNumbers(rows, inputs, outputs);
      return list(model.predictions(outputs));
    } finally {
      giveBack(scratch);
    }
  }

  private void requireWithin(String row, double[] features) {
    for (int j = 0; j < features.length; j++) {
      if (!Double.isFinite(dtype == DType.F32 ? (float) features[j] : features[j])) {
        throw new InputException(
            row + ", column " + InputException.quoted(model.preparation().scaling().names().get(j)),
            "a number that is " + features[j] + " where the model takes it",
            "one within the range of " + dtype,
            "correct the cell");
      }
    }
  }

  private void requireNumbers(int rows, Tensor inputs, Tensor outputs) {
    int width = outputs.length() / rows;
    for (int i = 0; i < outputs.length(); i++) {
      double output = outputs.get(i);
      if (!Double.isFinite(output) && !model.isLogOfZero(output)) {
        int row = i / width;
        throw model.beyond(row(row, rows), output, j -> inputs.at(row, j));
      }
    }
  }

  private static List<Prediction> list(Predictions said) {
    ImmutableList.Builder<Prediction> list = ImmutableList.builder();
    Optional<Tensor> shares = said.probabilities();
    for (int i = 0; i < said.target().rows(); i++) {
      int row = i;
      list.add(
          switch (said.target()) {
            case Targets.Classes classes -> {
              int index = classes.labels().get(row);
              yield new Prediction.OfClass(
                  classes.names().get(index),
                  index,
                  shares.map(tensor -> row(tensor, row)).orElse(ImmutableList.of()));
            }
            case Targets.Numbers numbers -> new Prediction.OfNumber(numbers.values().get(row));
          });
    }
    return list.build();
  }

  private static List<Double> row(Tensor tensor, int row) {
    double[] values = new double[tensor.size(1)];
    for (int j = 0; j < values.length; j++) {
      values[j] = tensor.at(row, j);
    }
    return Doubles.asList(values);
  }

  /** What a row needs on its way, for one thread at a time. */
  private final class Scratch {
    final RowPreparation preparation = new RowPreparation(model.preparation());
    final double[] features = new double[preparation.features()];
  }

  private Scratch take() {
    synchronized (free) {
      if (count > 0) {
        return free[--count];
      }
    }
    return new Scratch();
  }

  private void giveBack(Scratch scratch) {
    synchronized (free) {
      if (count < free.length) {
        free[count++] = scratch;
      }
    }
  }
}
