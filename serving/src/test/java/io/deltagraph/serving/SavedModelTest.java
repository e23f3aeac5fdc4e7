package io.deltagraph.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Labels;
import io.deltagraph.data.Scaling;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.Targets;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedModelTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final String COLOURS =
      """
      size,colour,sort
      1.5,red,a
      2.25,"blue, dark",b
      -3,red,b
      0.125,green,a
      """;
  @TempDir private Path folder;

  /** A logistic regression on that table with random weights. */
  private static SavedModel colours() {
    return model(table(COLOURS), "sort", List.of("colour"), 2);
  }

  private static SavedModel model(CsvTable table, String target, List<String> oneHot, int degree) {
    FeatureColumns columns = FeatureColumns.choose(table, target, List.of(), oneHot);
    Features features = Preparation.products(columns.read(table), degree);
    Scaling scaling = new Standardisation.MeanDeviation().fit(features);
    List<String> values = Labels.learn(table, target, List.of()).names();
    Preparation preparation =
        new Preparation(columns, degree, scaling, new Outcome.Classes(target, values, values));
    NetworkPlan plan =
        values.size() == 2
            ? NetworkPlan.logisticRegression(features.columns(), DType.F32)
            : NetworkPlan.softmaxRegression(features.columns(), values.size(), DType.F32);
    Network network = Network.build(plan.initialised(new Initialiser.Glorot()), OPS, Seeds.of(11));
    ImmutableMap.Builder<String, Tensor> parameters = ImmutableMap.builder();
    network.initial().forEach((parameter, value) -> parameters.put(parameter.label(), value));
    return new SavedModel(
        "test",
        preparation,
        TargetForm.of(plan, OPS),
        network.prediction(),
        parameters.buildOrThrow());
  }

  private static CsvTable table(String csv) {
    return CsvTable.parse("later", csv.getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  @Test
  void keepsCategoriesProductsAndScaling() throws Exception {
    SavedModel model = colours();
    model.save(folder.resolve("m"));
    SavedModel loaded = SavedModel.load(folder.resolve("m"), OPS);
    CsvTable later = table("colour,size\ngreen,4\n\"blue, dark\",1\n");
    Predictions predictions = loaded.predict(later);
    assertThat(predictions.outputs().bitEquals(model.predict(later).outputs())).isTrue();
    assertThat(predictions.target()).isInstanceOf(Targets.Classes.class);
    Tensor shares = predictions.probabilities().orElseThrow();
    assertThat(shares.at(0, 1)).isEqualTo(predictions.outputs().get(0));
    assertThat(shares.at(0, 0)).isEqualTo(1 - shares.at(0, 1));
    assertThatThrownBy(() -> loaded.predict(table("colour,size\npink,4\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("line 2", "'pink'", "'green'");
    assertThatThrownBy(() -> loaded.predict(table("colour\nred\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'size'");
  }

  @Test
  void numbersHaveNoProbabilities() {
    SavedModel colours = colours();
    Preparation numbers =
        new Preparation(
            colours.preparation().columns(),
            2,
            colours.preparation().scaling(),
            new Outcome.Numbers("sort"));
    SavedModel model =
        new SavedModel(
            "test",
            numbers,
            TargetForm.BITS,
            Network.build(NetworkPlan.linearRegression(14, DType.F32), OPS, Seeds.of(1))
                .prediction(),
            colours.parameters());
    Tensor ones = Tensor.filled(TensorType.of(DType.F32, 2, 14), 1);
    Map<String, Tensor> weights =
        Map.of(
            "layer1.weight", Tensor.filled(TensorType.of(DType.F32, 1, 14), 1),
            "layer1.bias", Tensor.filled(TensorType.of(DType.F32, 1), 1));
    assertThat(
            new SavedModel("test", numbers, TargetForm.BITS, model.graph(), weights)
                .predict(ones)
                .probabilities())
        .isEmpty();
  }

  /** A linear regression of two columns as they are, 2 a − b. */
  private static SavedModel plain(DType dtype) {
    CsvTable table = table("a,b,t\n1,2,0\n3,4,1\n");
    FeatureColumns columns = FeatureColumns.choose(table, "t", List.of(), List.of());
    Scaling none = new Standardisation.None().fit(columns.read(table));
    Network network = Network.build(NetworkPlan.linearRegression(2, dtype), OPS, Seeds.of(1));
    return new SavedModel(
        "plain",
        new Preparation(columns, 1, none, new Outcome.Numbers("t")),
        TargetForm.BITS,
        network.prediction(),
        Map.of(
            "layer1.weight",
            Tensor.matrix(new double[][] {{2, -1}}).cast(dtype),
            "layer1.bias",
            Tensor.vector(0).cast(dtype)));
  }

  @Test
  void whatADtypeCannotHoldIsNamedByLineAndColumn() {
    SavedModel model = plain(DType.F32);
    // An empty line and a cell of two lines count as the file counts them.
    assertThatThrownBy(() -> model.predict(table("note,b,a\n\n\"x\ny\",1,2\nz,1e39,3\n")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "later, line 5, column 'b': found a number that is 1.0E39 where the model takes it,"
                + " expected one within the range of f32; correct the cell, delete the row, scale the"
                + " column, or use f64.");
    assertThat(model.predict(table("a,b\n1.5e38,1\n")).outputs().get(0)).isEqualTo(3e38f);
    SavedModel wide = plain(DType.F64);
    assertThat(wide.predict(table("a,b\n3,1e39\n")).outputs().get(0)).isEqualTo(6 - 1e39);
    assertThatThrownBy(() -> wide.predict(table("a,b\n3,1e400\n")))
        .hasMessageContaining("line 2, column 'b'");
  }

  @Test
  void aRowForWhichTheModelGivesNoNumberIsNamed() {
    assertThatThrownBy(() -> plain(DType.F32).predict(table("a,b\n1,2\n3e38,-1\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(
            "later, line 3: found a row for which the model gives Infinity, expected one like those",
            "look at column 'a' first");
  }

  /** A table is prepared some thousand rows at a time; nothing tells where one part ends. */
  @Test
  void longTablesArePredictedInParts() {
    SavedModel model = plain(DType.F32);
    StringBuilder csv = new StringBuilder("a,b\n");
    int rows = 10_000;
    for (int i = 0; i < rows; i++) {
      csv.append(i).append(',').append(3 * i % 7).append('\n');
    }
    Tensor outputs = model.predict(table(csv.toString())).outputs();
    assertThat(outputs.type()).isEqualTo(TensorType.of(DType.F32, rows, 1));
    for (int i = 0; i < rows; i++) {
      assertThat(outputs.get(i)).isEqualTo(2 * i - 3 * i % 7);
    }
    String wrong = csv.toString().replace("\n5000,", "\n3e38,").replace("\n9999,", "\n1e40,");
    assertThatThrownBy(() -> model.predict(table(wrong)))
        .hasMessageContaining("later, line 5002: found a row for which the model gives Infinity");
    String beyond = csv.toString().replace("\n9999,", "\n1e40,");
    assertThatThrownBy(() -> model.predict(table(beyond)))
        .hasMessageContaining("later, line 10001, column 'a': found a number that is 1.0E40");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1 | \"version\":2",
        "\"version\":1 | \"version\":1,\"version\":1",
        "\"version\":1 | \"version\":\"1\"",
        "\"version\":1 | \"version\":1,\"class\":\"java.lang.Runtime\"",
        "\"degree\":2 | \"degree\":0",
        "\"degree\":2 | \"degree\":1",
        "\"degree\":2 | \"degree\":2000000000",
        "\"degree\":2 | \"degree\":2.5",
        "\"form\":\"BITS\" | \"form\":\"BYTES\"",
        "\"form\":\"BITS\" | \"form\":null",
        "\"red\" | \"green\"",
        "\"red\" | null",
        "\"colour\" | \"size\"",
        "\"shifts\":[ | \"shifts\":[0.0,",
        "\"divisors\":[ | \"divisors\":[0.0,",
        "\"shifts\":[ | \"shifts\":null,\"x\":[",
        "\"values\":[\"a\",\"b\"] | \"values\":[\"a\",\"b\",\"c\"]",
        "\"names\":[\"a\",\"b\"] | \"names\":[\"a\",\"a\"]",
        "\"values\":[\"a\",\"b\"] | \"values\":[]",
        "{\"version\" | [\"version\"",
        "} | }}",
      })
  void whatTheFileSaysIsNotTrusted(String right, String wrong) throws Exception {
    SavedModel model = colours();
    Map<String, String> metadata = Metadata.write(model);
    String json = metadata.get("preparation.0");
    assertThat(json).contains(right);
    saved(model, Map.of("preparation.0", json.replace(right, wrong)));
    assertThatThrownBy(() -> SavedModel.load(folder.resolve("m"), OPS))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("m: found ", "expected a model that 'train' has saved");
  }

  private void saved(SavedModel model, Map<String, String> metadata) throws Exception {
    ModelFiles.save(folder.resolve("m"), model.graph(), model.parameters(), metadata);
  }

  @Test
  void aGraphOfAnotherModelIsRefused() throws Exception {
    SavedModel colours = colours();
    SavedModel iris = model(BuiltInSet.IRIS.table(), BuiltInSet.IRIS.target(), List.of(), 1);
    saved(iris, Metadata.write(colours));
    assertThatThrownBy(() -> SavedModel.load(folder.resolve("m"), OPS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("features");
    saved(iris, Map.of());
    assertThatThrownBy(() -> SavedModel.load(folder.resolve("m"), OPS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing about columns");
  }

  @Test
  void longDescriptionsAreCutIntoPieces() throws Exception {
    StringBuilder names = new StringBuilder();
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      names.append("a column of a rather long name, so that pieces are needed ".replace(", ", " "));
      names.append(i).append(',');
      row.append(i % 7).append(".125,");
    }
    CsvTable wide =
        table(names + "colour,sort\n" + row + "red,a\n" + row + "green,b\n" + row + "red,b\n");
    SavedModel model = model(wide, "sort", List.of("colour"), 1);
    assertThat(Metadata.write(model).size()).isGreaterThan(1);
    model.save(folder.resolve("m"));
    assertThat(SavedModel.load(folder.resolve("m"), OPS).preparation())
        .isEqualTo(model.preparation());
  }
}
