package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Verdict;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.SpecWriter;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Normalisation;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout and normalisation as a spec asks for them. */
class LayersOfTrainingTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static final String SPEC =
      """
      { "data": { "csv": "t.csv", "target": "b", "task": "regression" },
        "split": { "testFraction": 0 },
        "model": { "family": "mlp", "layers": [
          { "units": 4, "activation": "tanh", "normalisation": "batch", "dropout": 0.25 },
          { "units": 3, "activation": "softplus", "normalisation": "layer" },
          { "units": 1, "activation": "identity" } ] },
        "loss": "half_squared_error",
        "optimizer": { "name": "adam", "learningRate": 0.01 },
        "standardisation": "none", "batch": 8, "epochs": 5, "dtype": "f64" }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void table() throws IOException {
    StringBuilder table = new StringBuilder("a,b\n");
    for (int i = 0; i < 20; i++) {
      table.append(i / 10.0).append(',').append(Math.sin(i)).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), table);
  }

  private static TrainingSpec parse(String json) {
    return SpecReader.parse("w", "w", json.getBytes(UTF_8));
  }

  private SavedModel train(TrainingSpec spec, String name) throws IOException {
    Path stem = folder.resolve(name);
    RunReport report = Runs.train(spec, folder, stem, OPS, Runs.Curves.TRAINING, RunListener.NONE);
    assertThat(report.files()).isPresent();
    return SavedModel.load(stem, OPS);
  }

  @Test
  @DisplayName(
      "One seed gives the same bits on any number of threads; no state of training is kept")
  void trains() throws IOException {
    SavedModel one = train(parse(SPEC), "one");
    SavedModel other = train(parse(SPEC).withThreads(3), "other");
    one.parameters()
        .forEach((name, value) ->
            assertThat(value.bitEquals(other.parameters().get(name))).as(name).isTrue());
    assertThat(one.parameters().keySet())
        .contains("layer1.gamma", "layer1.mean", "layer1.variance", "layer2.beta")
        .doesNotContain("layer1.seed", "layer2.mean");
  }

  @Test
  @DisplayName("The saved model predicts by running statistics and drops nothing: by hand")
  void predicts() throws IOException {
    SavedModel model = train(parse(SPEC), "m");
    Map<String, Tensor> p = model.parameters();
    Tensor outputs =
        model
            .predict(CsvTable.read(Files.writeString(folder.resolve("q.csv"), "a\n0.7\n")))
            .outputs();
    double[] hidden = new double[4];
    for (int j = 0; j < 4; j++) {
      double z = p.get("layer1.weight").at(j, 0) * 0.7 + p.get("layer1.bias").get(j);
      double scaled =
          (z - p.get("layer1.mean").get(j)) / Math.sqrt(p.get("layer1.variance").get(j) + 1e-5);
      hidden[j] = Math.tanh(scaled * p.get("layer1.gamma").get(j) + p.get("layer1.beta").get(j));
    }
    double[] z = new double[3];
    double mean = 0;
    for (int j = 0; j < 3; j++) {
      z[j] = p.get("layer2.bias").get(j);
      for (int k = 0; k < 4; k++) {
        z[j] += p.get("layer2.weight").at(j, k) * hidden[k];
      }
      mean += z[j] / 3;
    }
    double variance = 0;
    for (double one : z) {
      variance += (one - mean) * (one - mean) / 3;
    }
    double y = p.get("layer3.bias").get(0);
    for (int j = 0; j < 3; j++) {
      double scaled = (z[j] - mean) / Math.sqrt(variance + 1e-5);
      double a = scaled * p.get("layer2.gamma").get(j) + p.get("layer2.beta").get(j);
      y += p.get("layer3.weight").at(0, j) * Math.log1p(Math.exp(a));
    }
    assertThat(outputs.item()).isCloseTo(y, within(1e-12));
  }

  @Test
  @DisplayName("Its gradients agree with differences, and a bias before a normalisation has none")
  void checks() {
    Experiment experiment = Experiment.of(parse(SPEC), folder, OPS);
    GradientReport report = ExperimentCheck.of(experiment).before(OPS);
    assertThat(report.verdict()).as(report::toText).isNotEqualTo(Verdict.FAIL);
    assertThat(report.worstClosedForm()).isEmpty();
    assertThat(report.rows())
        .filteredOn(row -> row.verdict() == Verdict.PASS)
        .extracting(GradientRow::name)
        .contains(
            "delta1",
            "layer1.weight",
            "layer1.gamma",
            "layer1.beta",
            "layer2.weight",
            "layer2.gamma",
            "layer2.beta",
            "layer3.weight",
            "layer3.bias");
    for (GradientRow row : report.rows()) {
      if (row.name().equals("layer1.bias")) {
        assertThat(DoubleStream.of(row.autodiff().toDoubles()))
            .hasSize(4)
            .allMatch(x -> Math.abs(x) < 1e-15);
      }
    }
  }

  @Test
  @DisplayName("A spec is written and read back the same; the last layer is refused both")
  void spec() {
    TrainingSpec spec = parse(SPEC);
    assertThat(parse(SpecWriter.toJson(spec))).isEqualTo(spec);
    assertThat(Experiment.of(spec, folder, OPS).plan().layers())
        .extracting(LayerPlan::normalisation)
        .containsExactly(Normalisation.BATCH, Normalisation.LAYER, Normalisation.NONE);
    for (String field : new String[] {"\"dropout\": 0.1", "\"normalisation\": \"layer\""}) {
      String last = "\"units\": 1, \"activation\": \"identity\"";
      assertThatThrownBy(() -> parse(SPEC.replace(last, last + ", " + field)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("$.model.layers[2]")
          .hasMessageContaining("the last layer");
    }
    assertThatThrownBy(() -> parse(SPEC.replace("0.25", "1")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a share from 0 to below 1");
  }
}
