package io.deltagraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.losses.SparseSoftmaxCrossEntropy;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.Prediction;
import io.deltagraph.serving.Predictor;
import io.deltagraph.serving.Preparation;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkPredictorTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session = Clusters.local(2);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static CsvTable csv() {
    StringBuilder text = new StringBuilder("size,weight,kind,price\n");
    for (int i = 0; i < 40; i++) {
      text.append("%d,%.2f,%s,%d\n".formatted(i % 7, 0.3 * (i % 11), i % 3 == 0 ? "a" : "b", i));
    }
    return CsvTable.parse(
        "rows", text.toString().getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  private static Dataset<Row> table(boolean broken) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String weight = broken && i == 20 ? "heavy" : "%.2f".formatted(0.3 * (i % 11));
      rows.add(RowFactory.create(i % 3 == 0 ? "a" : "b", i, i % 7, weight));
    }
    StructType type =
        new StructType()
            .add("kind", DataTypes.StringType)
            .add("price", DataTypes.IntegerType)
            .add("size", DataTypes.IntegerType)
            .add("weight", DataTypes.StringType);
    return session.createDataFrame(rows, type).coalesce(1);
  }

  private Path saved(String target, boolean isClass) throws IOException {
    CsvTable table = csv();
    Preparation preparation =
        isClass ? Preparation.forClasses(table, target) : Preparation.forNumbers(table, target);
    int width = preparation.width();
    NetworkPlan plan =
        isClass
            ? NetworkPlan.softmaxRegression(width, 2, DType.F32)
                .costing(OpChoice.of(SparseSoftmaxCrossEntropy.ID), 0, 0)
            : NetworkPlan.linearRegression(width, DType.F32);
    Tensor inputs = preparation.inputs(table, DType.F32);
    Trainer trainer = Trainer.of(Network.build(plan, OPS, Seeds.of(1)).model()).epochs(5);
    Path stem = folder.resolve(target);
    SavedModel.of(
            target,
            preparation,
            trainer.fit(new Samples(inputs, preparation.targets(table))).trained())
        .save(stem);
    return stem;
  }

  @Test
  void classesAreThoseOfThePredictor() throws IOException {
    Path stem = saved("kind", true);
    List<Prediction> expected = Predictor.load(stem, OPS).predict(csv());
    List<Row> found = SparkPredictor.load(stem, OPS).predict(table(false), "said").collectAsList();
    assertThat(found).hasSize(40);
    for (int i = 0; i < 40; i++) {
      Prediction.OfClass one = (Prediction.OfClass) expected.get(i);
      Row said = found.get(i).getStruct(4);
      assertThat(said.getString(0)).isEqualTo(one.name());
      assertThat(said.<Double>getList(1)).isEqualTo(one.probabilities());
    }
  }

  @Test
  void numbersAreThoseOfThePredictor() throws IOException {
    CsvTable table = csv();
    Path stem = saved("price", false);
    List<Prediction> expected = Predictor.load(stem, OPS).predict(table);
    SparkPredictor predictor = SparkPredictor.load(stem, OPS);
    assertThat(predictor.columns()).containsExactly("size", "weight", "kind");
    List<Row> found = predictor.predict(table(false), "said").collectAsList();
    for (int i = 0; i < 40; i++) {
      assertThat(new Prediction.OfNumber(found.get(i).getDouble(4))).isEqualTo(expected.get(i));
    }
    assertThatThrownBy(() -> predictor.predict(table(true), "said").collectAsList())
        .hasStackTraceContaining("weight")
        .hasStackTraceContaining("heavy");
  }
}
