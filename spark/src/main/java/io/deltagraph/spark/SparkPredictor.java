package io.deltagraph.spark;

import io.deltagraph.graph.OpLookup;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Prediction;
import io.deltagraph.serving.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A saved model as a function of the columns of a table. Each executor loads the model once and
 * keeps it; the answers are those of {@link Predictor} to the bit.
 */
public final class SparkPredictor {
  private static final StructType OF_CLASS =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType));

  private final Predictor predictor;
  private final ModelBytes bytes;

  private SparkPredictor(Predictor predictor, ModelBytes bytes) {
    this.predictor = predictor;
    this.bytes = bytes;
  }

  /**
   * Predicts by the model that {@code train} saved at a path of this machine.
   *
   * @param stem the path with or without the ending {@code .json}
   * @param ops where the model's ops are found here; executors look for them on their class path
   * @throws IOException if a file is missing or damaged
   */
  public static SparkPredictor load(Path stem, OpLookup ops) throws IOException {
    String name = String.valueOf(stem.getFileName()).replaceFirst("\\.json$", "");
    ModelBytes bytes =
        new ModelBytes(
            name,
            Files.readAllBytes(stem.resolveSibling(name + ".json")),
            Files.readAllBytes(stem.resolveSibling(name + ".safetensors")));
    return new SparkPredictor(bytes.predictor(ops), bytes);
  }

  /** The names of the columns that a table needs, in any order. */
  public List<String> columns() {
    return predictor.columns();
  }

  /**
   * A table with one column more: a number, or the name of a class and the probabilities of all
   * classes, which are none where the model's outputs are no probabilities.
   *
   * @param table with the columns of the model; null stands for a blank cell
   * @param name of the new column
   * @throws io.deltagraph.data.InputException in the executor, for a cell that cannot be used
   */
  public Dataset<Row> predict(Dataset<Row> table, String name) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    Column[] cells = columns().stream().map(table::col).toArray(Column[]::new);
    return table.withColumn(
        name,
        functions
            .udf(new Function(spark.broadcast(bytes), columns()), type())
            .apply(functions.struct(cells)));
  }

  private DataType type() {
    return switch (predictor.model().preparation().outcome()) {
      case Outcome.Classes ignored -> OF_CLASS;
      case Outcome.Numbers ignored -> DataTypes.DoubleType;
    };
  }

  /** What an executor does with a row. */
  private static final class Function implements UDF1<Row, Object> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<ModelBytes> model;
    private final String[] columns;

    Function(Broadcast<ModelBytes> model, List<String> columns) {
      this.model = model;
      this.columns = columns.toArray(String[]::new);
    }

    @Override
    public Object call(Row row) {
      Map<String, @Nullable Object> cells = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        Object cell = row.get(i);
        cells.put(columns[i], cell == null || cell instanceof Number ? cell : cell.toString());
      }
      return switch (model.value().kept().predict(cells)) {
        case Prediction.OfClass found ->
            RowFactory.create(found.name(), found.probabilities().toArray(new Double[0]));
        case Prediction.OfNumber found -> found.value();
      };
    }
  }
}
