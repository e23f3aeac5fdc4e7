package io.deltagraph.serving;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.Features;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Targets;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.files.ModelOutput;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.models.TrainedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A trained model that can be kept: given a table with the columns that it learnt from, it predicts
 * the same bits in any process. It is compiled at the first prediction and kept so; several threads
 * may use it at once.
 */
public final class SavedModel {
  /** How many rows of a table are prepared at a time: all of them may take more than memory has. */
  private static final int ROWS_AT_A_TIME = 1 << 12;

  private final String name;
  private final Preparation preparation;
  private final TargetForm form;
  private final Graph graph;
  private final Map<String, Tensor> parameters;
  private final Supplier<CompiledModel> compiled;

  /**
   * A model.
   *
   * @param name of the spec that it was trained by
   * @param preparation what turns a table into X
   * @param form what the outputs mean
   * @param graph from X, n × features, to {@code outputs}, n × outputs
   * @param parameters a tensor for each of the graph's parameters
   */
  public SavedModel(
      String name,
      Preparation preparation,
      TargetForm form,
      Graph graph,
      Map<String, Tensor> parameters) {
    this.name = name;
    this.preparation = preparation;
    this.form = form;
    this.graph = graph;
    this.parameters = ImmutableMap.copyOf(parameters);
    compiled = Suppliers.memoize(() -> CompiledModel.of(graph, this.parameters));
  }

  /**
   * A model that was trained on what a preparation makes of a table.
   *
   * @param name what to call it
   * @param model from one input, n × features, to n × 1 numbers, or to a number for each class, of
   *     which the largest is chosen; of two classes one output will do, the second's probability
   */
  public static SavedModel of(String name, Preparation preparation, TrainedModel model) {
    Shape outputs = model.graph().outputs().values().iterator().next().shape();
    boolean one = outputs.rank() > 1 && outputs.dim(1).isOne();
    return new SavedModel(
        name,
        preparation,
        one ? TargetForm.BITS : TargetForm.INDICES,
        model.graph(),
        model.parameters());
  }

  /** The name of the spec that it was trained by. */
  public String name() {
    return name;
  }

  /** What turns a table into X. */
  public Preparation preparation() {
    return preparation;
  }

  /** What the outputs mean. */
  public TargetForm form() {
    return form;
  }

  /** From X, n × features, to {@code outputs}, n × outputs. */
  public Graph graph() {
    return graph;
  }

  /** A tensor for each of the graph's parameters. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** The net alone, from prepared rows to outputs, ready to run: always the same one. */
  public CompiledModel compiled() {
    return compiled.get();
  }

  /**
   * Saves this model as {@code stem.json} and {@code stem.safetensors}, replacing any of that name,
   * or leaves everything as it was.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path stem) throws ModelFileException {
    ModelFiles.save(stem, graph, parameters, Metadata.write(this));
  }

  /**
   * Saves this model where it is claimed to go.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void save(ModelOutput output) throws ModelFileException {
    output.save(graph, parameters, Metadata.write(this));
  }

  /**
   * Saves this model beside where it is claimed to go, and leaves what is there.
   *
   * @param done is told the stem to load it by
   * @throws ModelFileException if it cannot be written
   */
  public void keep(ModelOutput output, Consumer<Path> done) throws ModelFileException {
    output.keep(graph, parameters, Metadata.write(this), done);
  }

  /**
   * Loads what {@link #save} saved.
   *
   * @param ops where the graph's ops are found
   * @throws ModelFileException if a file is missing, damaged, lying or hostile
   * @throws io.deltagraph.data.InputException if it is a graph with parameters, but what it says
   *     about columns and outcome is missing or does not fit the graph
   */
  public static SavedModel load(Path stem, OpLookup ops) throws ModelFileException {
    ModelFiles.Model files = ModelFiles.load(stem, ops);
    return Metadata.read(stem.toString(), files);
  }

  /**
   * Loads what {@link #save} saved from elsewhere than files, such as from the class path.
   *
   * @param name what to call it in errors
   * @param json what the file ending in {@code .json} holds, read to its end and not closed
   * @param weights what the file ending in {@code .safetensors} holds, likewise
   * @param ops where the graph's ops are found
   * @throws ModelFileException if either is damaged, lying or hostile
   * @throws IOException if either cannot be read
   * @throws io.deltagraph.data.InputException if it is a graph with parameters, but what it says
   *     about columns and outcome is missing or does not fit the graph
   */
  public static SavedModel load(String name, InputStream json, InputStream weights, OpLookup ops)
      throws IOException {
    return Metadata.read(name, ModelFiles.load(name, json, weights, ops));
  }

  /**
   * Predicts a row each for the rows of a table; the outcome's column is not looked at.
   *
   * @throws io.deltagraph.data.InputException for a missing column, a cell that is no number or no
   *     known category or beyond the model's dtype, or a row for which the model gives no number
   */
  public Predictions predict(CsvTable table) {
    Features features = preparation.features(table);
    int rows = table.rows();
    int width = compiled().outputs();
    int most = compiled().isRowByRow() ? ROWS_AT_A_TIME : rows;
    double[] all = new double[Math.multiplyExact(rows, width)];
    for (int from = 0; from < rows; from += most) {
      Features some = features.select(range(from, Math.min(rows, from + most)));
      Tensor inputs = table.tensor(some, graph.inputs().getFirst().dtype());
      Tensor outputs = compiled().predict(inputs);
      for (int i = 0; i < outputs.length(); i++) {
        double output = outputs.get(i);
        if (!Double.isFinite(output) && !isLogOfZero(output)) {
          throw beyond(table.source(), table.line(from + i / width), output, inputs, i / width);
        }
        all[from * width + i] = output;
      }
    }
    DType dtype = graph.output(Network.OUTPUTS).dtype();
    return predictions(Tensor.generate(TensorType.of(dtype, rows, width), i -> all[i]));
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** An honest answer where the outputs are logarithms of probabilities. */
  boolean isLogOfZero(double output) {
    return output == Double.NEGATIVE_INFINITY && codomain() == Codomain.CLASS_LOG_PROBABILITIES;
  }

  private InputException beyond(String source, long line, double output, Tensor inputs, int row) {
    return beyond(source + ", line " + line, output, column -> inputs.at(row, column));
  }

  /** What is wrong with a row for which the net gives no number. */
  InputException beyond(String where, double output, IntToDoubleFunction features) {
    List<String> names = preparation.scaling().names();
    int largest = 0;
    for (int j = 1; j < names.size(); j++) {
      if (Math.abs(features.applyAsDouble(j)) > Math.abs(features.applyAsDouble(largest))) {
        largest = j;
      }
    }
    return new InputException(
        where,
        "a row for which the model gives " + output,
        "one like those that it learnt from",
        "look at column "
            + InputException.quoted(names.get(largest))
            + " first, which is "
            + features.applyAsDouble(largest)
            + " where the model takes it; correct the cell or delete the row");
  }

  /** Predicts for rows that are prepared already, n × features. */
  public Predictions predict(Tensor inputs) {
    return predictions(compiled().predict(inputs));
  }

  /** Rows that may be more than fit in memory. */
  @FunctionalInterface
  public interface Inputs {
    /** Those from one number to before another, as {@link #predict(Tensor)} takes them. */
    Tensor rows(int from, int to);
  }

  /**
   * The same of rows that may be more than fit in memory; what is said about them has to.
   *
   * @param count the number of rows
   */
  public Predictions predict(int count, Inputs inputs) {
    int most = compiled().isRowByRow() ? ROWS_AT_A_TIME : count;
    if (count <= most) {
      return predict(inputs.rows(0, count));
    }
    int width = compiled().outputs();
    TensorType type = TensorType.of(graph.output(Network.OUTPUTS).dtype(), count, width);
    return predictions(
        Tensor.written(
            type,
            all -> {
              for (int from = 0; from < count; from += most) {
                Tensor some = compiled().predict(inputs.rows(from, Math.min(count, from + most)));
                for (int i = 0; i < some.length(); i++) {
                  all.set(from * width + i, some.get(i));
                }
              }
            }));
  }

  Predictions predictions(Tensor outputs) {
    return new Predictions(outputs, target(outputs), probabilities(outputs));
  }

  private Targets target(Tensor outputs) {
    return switch (preparation.outcome()) {
      case Outcome.Classes classes ->
          new Targets.Classes(Ints.asList(form.predictedClasses(outputs)), classes.names());
      case Outcome.Numbers numbers -> {
        double[] values = outputs.toDoubles();
        Arrays.setAll(values, i -> numbers.number(values[i]));
        yield new Targets.Numbers(Doubles.asList(values));
      }
    };
  }

  /** What the outputs can be, as far as the last op says. */
  public Codomain codomain() {
    return requireNonNull(graph.outputs().get(Network.OUTPUTS)) instanceof Apply apply
        ? apply.op().codomain(apply.attributes(), apply.type().rank())
        : Codomain.REALS;
  }

  private Optional<Tensor> probabilities(Tensor outputs) {
    Codomain last = codomain();
    if (last == Codomain.CLASS_PROBABILITIES) {
      return Optional.of(outputs);
    }
    if (last == Codomain.EVENT_PROBABILITIES && form == TargetForm.BITS) {
      double[][] both = new double[outputs.size(0)][];
      for (int i = 0; i < both.length; i++) {
        both[i] = new double[] {1 - outputs.get(i), outputs.get(i)};
      }
      return both.length == 0 ? Optional.empty() : Optional.of(Tensor.matrix(both));
    }
    return Optional.empty();
  }
}
