package io.deltagraph.onnx.verify;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns.Blank;
import io.deltagraph.data.FeatureColumns.Column;
import io.deltagraph.data.RowReader;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.write.OnnxFile;
import io.deltagraph.runtime.Session;
import io.deltagraph.serving.ExchangeFormat.Compared;
import io.deltagraph.serving.Preparation;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A saved model beside its file in ONNX Runtime, value by value. */
public final class RuntimeComparison {
  private static final int RANDOM_ROWS = 64;

  /** What rounding explains, in units of what is larger than 1. */
  private static final double F64_BOUND = 1e-12;

  private static final double F32_BOUND = 1e-5;

  private final SavedModel model;
  private final OnnxFile file;
  private final List<Column> columns;

  /** A comparison of a model and the file that was made of it. */
  public RuntimeComparison(SavedModel model, OnnxFile file) {
    this.model = model;
    this.file = file;
    columns = model.preparation().columns().columns();
  }

  /**
   * Compares the values on random rows and on those of a table.
   *
   * @throws OnnxException if ONNX Runtime is not there or refuses the file
   */
  public List<Compared> compare(ClassLoader loader, Optional<CsvTable> table, long seed)
      throws OnnxException {
    try (OnnxRuntime runtime = new OnnxRuntime(loader, file.showingValues())) {
      Map<Value, Double> random = gaps(runtime, random(seed));
      Map<Value, Double> rows = table.isPresent() ? gaps(runtime, table.get()) : Map.of();
      ImmutableList.Builder<Compared> compared = ImmutableList.builder();
      file.values()
          .forEach((value, name) ->
              compared.add(
                  new Compared(
                      name,
                      value instanceof Apply node ? node.op().id().name() : "input",
                      value.type().toString(),
                      random.getOrDefault(value, 0.0),
                      rows.getOrDefault(value, 0.0),
                      bound(value.dtype()))));
      return compared.build();
    }
  }

  private static double bound(DType dtype) {
    return switch (dtype) {
      case F64 -> F64_BOUND;
      case F32 -> F32_BOUND;
      case I64, I32, BOOL -> 0;
    };
  }

  private Map<Value, Double> gaps(OnnxRuntime runtime, CsvTable table) throws OnnxException {
    Map<String, Object> theirs = runtime.run(feeds(table));
    Graph graph = model.graph();
    Map<String, Value> shown = new LinkedHashMap<>();
    file.values().forEach((value, name) -> shown.put(name, value));
    Tensor inputs = model.preparation().inputs(table, graph.inputs().getFirst().dtype());
    Map<String, Tensor> ours;
    try (Session session =
        Session.open(graph.outputs().values().iterator().next().builder().graph(shown))) {
      String input = graph.inputs().getFirst().name().orElseThrow();
      ours = session.setAll(model.parameters()).run(Map.of(input, inputs));
    }
    Map<Value, Double> gaps = new LinkedHashMap<>();
    file.values().forEach((value, name) -> gaps.put(value, gap(ours.get(name), theirs.get(name))));
    return gaps;
  }

  private static double gap(@Nullable Tensor ours, @Nullable Object theirs) {
    if (ours == null || !(theirs instanceof Tensor other) || !ours.type().equals(other.type())) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < other.length(); i++) {
      double a = ours.get(i);
      double b = other.get(i);
      if (a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
        double apart = Math.abs(a - b) / Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
        largest = Math.max(largest, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
      }
    }
    return largest;
  }

  /** The cells of a table as the file takes them: numbers, days, or texts. */
  public Map<String, Object> feeds(CsvTable table) {
    RowReader reader = RowReader.of(model.preparation().columns());
    List<List<String>> cells = new ArrayList<>();
    columns.forEach(column -> cells.add(table.texts(column.name())));
    double[][] codes = new double[table.rows()][columns.size()];
    for (int row = 0; row < codes.length; row++) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int j = 0; j < columns.size(); j++) {
        named.put(columns.get(j).name(), cells.get(j).get(row));
      }
      reader.read(table.source(), named, codes[row]);
    }
    if (columns.stream().noneMatch(Column.OneHot.class::isInstance)) {
      TensorType type = TensorType.of(DType.F64, codes.length, columns.size());
      int width = columns.size();
      return Map.of(
          file.inputs().getFirst(), Tensor.generate(type, i -> codes[i / width][i % width]));
    }
    Map<String, Object> feeds = new LinkedHashMap<>();
    for (int j = 0; j < columns.size(); j++) {
      int column = j;
      feeds.put(
          columns.get(j).name(),
          columns.get(j) instanceof Column.OneHot
              ? cells.get(j).stream().map(String::strip).toList()
              : Tensor.generate(
                  TensorType.of(DType.F64, codes.length, 1), row -> codes[row][column]));
    }
    return feeds;
  }

  /** Rows of numbers about as large as those in training, and of known categories. */
  private CsvTable random(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    StringBuilder csv = new StringBuilder(line(columns.stream().map(Column::name).toList()));
    for (int row = 0; row < RANDOM_ROWS; row++) {
      csv.append(line(columns.stream().map(column -> cell(column, random)).toList()));
    }
    return CsvTable.parse(
        "random rows", csv.toString().getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(",", "", "\n"));
  }

  private String cell(Column column, RandomGenerator random) {
    if (column.blank() instanceof Blank.Filled && random.nextInt(8) == 0) {
      return "";
    }
    return switch (column) {
      case Column.OneHot categories ->
          categories.values().get(random.nextInt(categories.values().size()));
      case Column.Numeric numbers -> {
        Preparation preparation = model.preparation();
        int place = preparation.scaling().names().indexOf(numbers.name());
        double shift = preparation.scaling().shifts().get(place);
        double divisor = preparation.scaling().divisors().get(place);
        yield String.format(Locale.ROOT, "%.6f", shift + divisor * random.nextGaussian());
      }
      case Column.Dated dates -> LocalDate.ofEpochDay(random.nextInt(-10_000, 30_000)).toString();
    };
  }
}
