package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.SavedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  @TempDir private Path folder;

  private Path trained() throws Exception {
    Path model = folder.resolve("model");
    Run run = Run.here("train", Samples.write(folder), "--output", model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return model;
  }

  @Test
  void aRunMakesNoCommandButItsOwn() {
    Map<String, CommandLine> all = Main.commandLine("--help").getSubcommands();
    assertThat(all).hasSizeGreaterThan(15);
    all.forEach((name, command) -> {
      assertThat(command.getCommandSpec().name()).isEqualTo(name);
      Map<String, CommandLine> own = Main.commandLine(name, "--help").getSubcommands();
      assertThat(own).containsOnlyKeys(name);
      assertThat(own.get(name).getUsageMessage()).isEqualTo(command.getUsageMessage());
    });
    assertThat(Main.commandLine("--version").getSubcommands()).isEmpty();
    assertThat(Main.commandLine("tran").getSubcommands()).containsOnlyKeys(all.keySet());
    assertThat(Main.commandLine().getSubcommands()).containsOnlyKeys(all.keySet());
  }

  @Test
  void predictsARowForEachRow() throws Exception {
    Path model = trained();
    Path data = Files.writeString(folder.resolve("new.csv"), "b,a\n4,4.5\n-4,0\n");
    Run run = Run.here("predict", model, "--data", data);
    assertThat(run.out()).isEqualTo("kind\nout\nin\n");
    assertThat(run.err()).isEmpty();
    assertThat(Run.here("predict", model + ".json", "--data", data)).isEqualTo(run);
    Path csv = folder.resolve("said.csv");
    Run written = Run.here("predict", model, "--data", data, "--output", csv);
    assertThat(csv).hasContent(run.out());
    assertThat(written.out()).isEmpty();
  }

  @Test
  void probabilitiesAreTheNetsOutputsToTheBit() throws Exception {
    Path model = trained();
    Path data = folder.resolve("table.csv");
    Run run = Run.here("predict", model, "--data", data, "--probabilities");
    double[][] outputs =
        SavedModel.load(model, OpRegistry.load())
            .predict(io.deltagraph.data.CsvTable.read(data))
            .outputs()
            .toRows();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("kind,in,out");
    assertThat(lines).hasSize(outputs.length + 1);
    for (int i = 0; i < outputs.length; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      assertThat(cells[0]).isEqualTo(outputs[i][0] > outputs[i][1] ? "in" : "out");
      assertThat((double) Float.parseFloat(cells[1])).isEqualTo(outputs[i][0]);
      assertThat((double) Float.parseFloat(cells[2])).isEqualTo(outputs[i][1]);
    }
    JsonNode json = Run.here("predict", model, "--data", data, "--probabilities", "--json").json();
    assertThat(json.at("/probabilities/3/1").asDouble()).isEqualTo(outputs[3][1]);
    assertThat(json.at("/classes/1").asText()).isEqualTo("out");
    assertThat(json.get("predictions")).hasSize(40);
  }

  @Test
  void evaluatesAsTrainingDid() throws Exception {
    Path model = trained();
    Run run = Run.here("evaluate", model, "--data", folder.resolve("table.csv"), "--json");
    JsonNode test = run.json().get("test");
    List<String> said =
        Run.here("predict", model, "--data", folder.resolve("table.csv")).out().lines().toList();
    List<String> truth = Samples.table().lines().map(line -> line.replaceAll(".*,", "")).toList();
    long right = 0;
    for (int i = 1; i < truth.size(); i++) {
      right += truth.get(i).equals(said.get(i)) ? 1 : 0;
    }
    assertThat(test.get("accuracy").asDouble()).isEqualTo(right / 40.0).isGreaterThan(0.8);
    assertThat(test.get("rows").asInt()).isEqualTo(40);
    assertThat(Run.here("evaluate", model, "--data", folder.resolve("table.csv")).out())
        .startsWith("mine on ")
        .contains("accuracy", "precision", "true \\ predicted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iris", "breast-cancer", "house-prices", "xor", "and"})
  void checksBuiltInSets(String name) throws Exception {
    Run run = Run.here("check", name, "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().at("/check/verdict").asText()).isEqualTo("pass");
    assertThat(run.json().at("/check/closedForm").asDouble()).isBetween(0.0, 1e-12);
    assertThat(run.err()).contains("closed form", "central difference", "autodiff");
  }

  @Test
  void setsPublishedNumbersBesideTrueOnes() throws Exception {
    Run run = Run.here("check", "worked-example");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("published", "true", "S-004-1", "S-004-10")
        .contains("0.34    0.21    0.63  0.3469  0.0211  0.6320")
        .contains("verdict                    PASS");
    JsonNode json = Run.here("check", "worked-example", "--json").json();
    assertThat(json.get("verdict").asText()).isEqualTo("pass");
    assertThat(json.get("quantities")).hasSize(8);
    assertThat(json.at("/quantities/3/difference").asDouble()).isBetween(0.0, 1e-15);
  }

  @Test
  void listsEveryOpWithItsFormula() throws Exception {
    Run run = Run.here("ops");
    assertThat(run.out())
        .startsWith("op ")
        .containsPattern("\nrelu +pointwise +relu\\(x\\) = max\\(x, 0\\) ")
        .containsPattern("\nmatmul +contraction +left · right ")
        .containsPattern("\nsum +reduction ")
        .containsPattern("\ntranspose +view +xᵀ ")
        .containsPattern("\nsort +kernel ")
        .containsPattern("\nsoftmax +composite ");
    JsonNode ops = Run.here("ops", "--json").json().get("ops");
    assertThat(ops).hasSize(OpRegistry.load().entries().size());
    for (JsonNode op : ops) {
      assertThat(op.get("kind").asText())
          .isIn("pointwise", "reduction", "contraction", "view", "kernel", "composite");
      assertThat(op.get("formula").asText()).isNotBlank().doesNotContain("{");
      assertThat(op.get("provider").asText()).isNotBlank();
      assertThat(op.has("version")).isTrue();
    }
  }

  @Test
  void printsGraphs() {
    assertThat(Run.here("graph", "iris", "--seed", 3).out())
        .isEqualTo(
            """
            input X: f32[N, 4]
            input T: f32[N, 3]
            parameter layer1.weight: f32[3, 4]
            parameter layer1.bias: f32[3]
            Z1: f32[N, 3] = X · layer1.weightᵀ + layer1.bias
            A1: f32[N, 3] = softmax(Z1)
            loss: f32[] = softmax_cross_entropy(Z1, T, mean) + l2_penalty(layer1.weight, lambda=0.1, samples=1) / element_count(X, axes = [0])
            output outputs = A1
            output loss
            """);
    assertThat(Run.here("graph", "iris", "--format", "latex").out())
        .startsWith("{\\allowdisplaybreaks\n\\begin{align*}\n");
    assertThat(Run.here("graph", "iris", "--format", "dot").out()).startsWith("digraph");
    assertThat(Run.here("graph", "iris", "--gradient").out())
        .contains("output 'gradient of layer1.weight'", "output 'gradient of layer1.bias'");
  }

  @Test
  void graphsAsJsonStandAlone() throws Exception {
    assertThat(Run.here("graph", "iris", "--format", "json").json().get("format").asText())
        .isEqualTo("deltagraph-graph");
    assertThat(Run.here("graph", "iris", "--json").json().has("nodes")).isTrue();
  }

  @Test
  void scoresByTheMetricsThatAreAskedFor() throws Exception {
    Path model = trained();
    Path data = folder.resolve("table.csv");
    Run usual = Run.here("evaluate", model, "--data", data);
    assertThat(usual.out()).contains("\naccuracy  ").contains("\nROC AUC   ", "\nlog loss  ");
    Run asked =
        Run.here(
            "evaluate", model, "--data", data, "--metrics", "f1_weighted,recall_macro", "--json");
    JsonNode metrics = asked.json().at("/test/metrics");
    assertThat(metrics.size()).isEqualTo(2);
    double found = 0;
    for (JsonNode one : asked.json().at("/test/classes")) {
      found += one.get("recall").asDouble() / 2;
    }
    assertThat(metrics.get("recall_macro").asDouble()).isEqualTo(found);
    assertThat(asked.err()).contains("\naccuracy      ", "\nF1, weighted  ", "\nrecall, macro ");
    Run unknown = Run.here("evaluate", model, "--data", data, "--metrics", "f1_weigted");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("perhaps 'f1_weighted' was meant");
  }

  @Test
  void saysWhatTheFieldsOfASpecAre() throws Exception {
    assertThat(Run.here("spec", "batch").out())
        .isEqualTo(
            """
            batch
              How many rows a step takes; 'all' for all of them.
              takes    'all' or a whole number from 1
              without  32
              example  "all"

            """);
    Run all = Run.here("spec", "--json");
    assertThat(all.json().at("/fields/0/path").asText()).isEqualTo("version");
    assertThat(all.err())
        .contains("model.layers[].units")
        .contains("a whole number from 1 to 65536");
    assertThat(Run.here("spec", "--schema").json().at("/properties/epochs/minimum").asInt())
        .isEqualTo(1);
    assertThat(Run.here("spec", "--markdown").out()).startsWith("# A spec, field by field");
    Run unknown = Run.here("spec", "bach");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("perhaps 'batch' was meant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "check", "predict", "evaluate", "ops", "graph", "plan", "spec"})
  void everyCommandHelpsWithExamples(String name) {
    Run run = Run.here(name, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: deltagraph " + name)
        .contains("Examples:\n  deltagraph " + name, "--json", "--plugins");
    assertThat(Run.here("--help").out()).contains("  " + name + " ");
  }

  @Test
  void saysItsVersion() {
    assertThat(Run.here("--version").out()).startsWith("deltagraph 0.1.0");
  }
}
