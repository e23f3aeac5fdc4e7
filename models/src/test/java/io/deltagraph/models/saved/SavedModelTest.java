package io.deltagraph.models.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.data.CsvLimits;
import io.deltagraph.models.data.CsvTable;
import io.deltagraph.models.data.InputException;
import io.deltagraph.models.data.Seeds;
import io.deltagraph.models.data.Target;
import io.deltagraph.models.experiment.Experiment;
import io.deltagraph.models.file.ModelFiles;
import io.deltagraph.models.network.Initialiser;
import io.deltagraph.models.network.Network;
import io.deltagraph.models.spec.SpecReader;
import io.deltagraph.models.spec.TrainingSpec;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  private static final String SPEC =
      """
      {
        "version": 1,
        "data": { "csv": "t.csv", "target": "sort", "task": "classification", "oneHot": ["colour"] },
        "split": { "testFraction": 0, "folds": "none" },
        "standardisation": "standard",
        "model": { "family": "logistic", "degree": 2, "initialiser": "zeros" },
        "loss": "binary_cross_entropy_with_logits",
        "optimizer": { "name": "gradient_descent", "learningRate": 0.3 },
        "epochs": 5, "batch": "all", "seed": 1, "dtype": "f32", "threads": 1
      }
      """;

  @TempDir private Path folder;

  private static SavedModel model(Experiment experiment) {
    Network network =
        Network.build(experiment.plan().initialised(new Initialiser.Glorot()), OPS, Seeds.of(11));
    ImmutableMap.Builder<String, Tensor> parameters = ImmutableMap.builder();
    network.initial().forEach((parameter, value) -> parameters.put(parameter.label(), value));
    return SavedModel.of(experiment, network, parameters.buildOrThrow());
  }

  private Experiment colours() throws Exception {
    Files.writeString(folder.resolve("t.csv"), COLOURS);
    TrainingSpec spec =
        SpecReader.parse("colours", "colours", SPEC.getBytes(StandardCharsets.UTF_8));
    return Experiment.of(spec, folder, OPS);
  }

  private static CsvTable table(String csv) {
    return CsvTable.parse("later", csv.getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "iris", "breast-cancer", "diabetes", "xor", "and"})
  void predictsTheSameBitsOnceLoaded(String name) throws Exception {
    TrainingSpec spec = SpecReader.resolve(name);
    SavedModel model = model(Experiment.of(spec, folder, OPS));
    Path stem = folder.resolve(name);
    model.save(stem);
    SavedModel loaded = SavedModel.load(stem, OPS);
    assertThat(loaded.preparation()).isEqualTo(model.preparation());
    assertThat(loaded.form()).isEqualTo(model.form());
    assertThat(loaded.name()).isEqualTo(name);
    CsvTable table = io.deltagraph.models.data.BuiltInSet.of(name).orElseThrow().table();
    Predictions before = model.predict(table);
    Predictions after = loaded.predict(table);
    assertThat(after.outputs().bitEquals(before.outputs())).isTrue();
    assertThat(after.target()).isEqualTo(before.target());
  }

  @Test
  void keepsCategoriesProductsAndScaling() throws Exception {
    SavedModel model = model(colours());
    model.save(folder.resolve("m"));
    SavedModel loaded = SavedModel.load(folder.resolve("m"), OPS);
    CsvTable later = table("colour,size\ngreen,4\n\"blue, dark\",1\n");
    Predictions predictions = loaded.predict(later);
    assertThat(predictions.outputs().bitEquals(model.predict(later).outputs())).isTrue();
    assertThat(predictions.target()).isInstanceOf(Target.Classes.class);
    Tensor shares = loaded.probabilities(predictions.outputs()).orElseThrow();
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
    SavedModel model = model(Experiment.of(SpecReader.resolve("diabetes"), folder, OPS));
    assertThat(model.probabilities(Tensor.matrix(new double[] {1}))).isEmpty();
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
    SavedModel model = model(colours());
    ImmutableMap<String, String> metadata = Metadata.write(model);
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
    SavedModel colours = model(colours());
    SavedModel iris = model(Experiment.of(SpecReader.resolve("iris"), folder, OPS));
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
    Files.writeString(
        folder.resolve("t.csv"),
        names + "colour,sort\n" + row + "red,a\n" + row + "green,b\n" + row + "red,b\n");
    TrainingSpec spec =
        SpecReader.parse(
            "wide",
            "wide",
            SPEC.replace("\"degree\": 2", "\"degree\": 1").getBytes(StandardCharsets.UTF_8));
    SavedModel model = model(Experiment.of(spec, folder, OPS));
    assertThat(Metadata.write(model).size()).isGreaterThan(1);
    model.save(folder.resolve("m"));
    assertThat(SavedModel.load(folder.resolve("m"), OPS).preparation())
        .isEqualTo(model.preparation());
  }
}
