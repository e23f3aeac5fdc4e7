package io.deltagraph.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.MissingRule;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.models.TrainedModel;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of any shape on disk, and models for tables put together by hand. */
class TrainedModelsTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir Path folder;

  private static TrainedModel trained(Model model) {
    Map<String, Tensor> parameters = new HashMap<>();
    model.initial().forEach((parameter, value) -> parameters.put(parameter.label(), value));
    return new TrainedModel(model.inference(), parameters);
  }

  @Test
  @DisplayName("Two inputs, two outputs and layers of training alone: the same bits after loading")
  void anyModel() throws IOException {
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(3));
    Value left = net.input("left", 2);
    Value right = net.input("right", 3);
    Value hidden = net.dense(left, 4, "tanh").times(net.dense(right, 4, "relu"));
    Value output = net.dense(net.dropout(net.batchNormalisation(hidden), 0.5), 1);
    net.output("output", output).output("hidden", hidden);
    TrainedModel model = trained(net.minimising(output.square().mean()));
    TrainedModels.save(model, folder.resolve("pair"));
    assertThat(Files.readString(folder.resolve("pair.json")))
        .contains("\"tanh\"")
        .doesNotContain("random_uniform", "dropout1.seed", "io.deltagraph");
    TrainedModel loaded = TrainedModels.load(folder.resolve("pair"), OPS);
    Map<String, Tensor> rows =
        Map.of(
            "left", Tensor.matrix(new double[] {1, 2}, new double[] {3, -1}),
            "right", Tensor.matrix(new double[] {1, 2, 0.5}, new double[] {3, -1, 4}));
    Map<String, Tensor> expected = model.predict(rows);
    assertThat(expected.keySet()).containsExactly("output", "hidden");
    loaded
        .predict(rows)
        .forEach(
            (name, value) -> assertThat(value.bitEquals(expected.get(name))).as(name).isTrue());
    assertThatThrownBy(() -> loaded.predict(Tensor.matrix(new double[] {1, 2})))
        .hasMessageContaining("give each by its name");
  }

  @Test
  @DisplayName("Rows in any numbers, from several threads, have the bits that they have alone")
  void keptPlans() throws Exception {
    ModelBuilder net = new ModelBuilder(OPS, DType.F32, Seeds.of(3));
    Value x = net.input("x", 2);
    Value output = net.dense(net.dense(x, 4, "tanh"), 1);
    TrainedModel model = trained(net.minimising(output.square().mean(), output));
    Tensor rows = Tensor.generate(TensorType.of(DType.F64, 12, 2), i -> Math.sin(i));
    Tensor expected = trained(net.minimising(output.square().mean(), output)).predict(rows);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Tensor>> parts = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        Tensor part = rows.rows(i % 12, i % 12 + 1 + i % (12 - i % 12));
        parts.add(threads.submit(() -> model.predict(part)));
      }
      for (int i = 0; i < 48; i++) {
        Tensor alone = expected.rows(i % 12, i % 12 + 1 + i % (12 - i % 12));
        assertThat(parts.get(i).get().bitEquals(alone)).as("part %s", i).isTrue();
      }
    }
  }

  private CsvTable table(String text) throws IOException {
    return CsvTable.read(Files.writeString(folder.resolve("t.csv"), text));
  }

  @Test
  @DisplayName("A preparation learns columns, scale and outcome from a table")
  void preparation() throws IOException {
    CsvTable table = table("a,b,kind\n1,10,no\n3,10,yes\n5,40,no\n");
    Preparation classes = Preparation.forClasses(table, "kind");
    assertThat(classes.width()).isEqualTo(2);
    assertThat(classes.targets(table).toDoubles()).containsExactly(0, 1, 0);
    double deviation = Math.sqrt(8 / 3.0); // of 1, 3, 5 around 3
    assertThat(classes.inputs(table).at(0, 0)).isCloseTo(-2 / deviation, within(1e-12));
    assertThat(classes.inputs(table).at(2, 1)).isCloseTo(20 / Math.sqrt(200), within(1e-12));
    CsvTable numbers = table("a,size\n1,5\n3,6\n");
    assertThat(Preparation.forNumbers(numbers, "size").targets(numbers).toRows())
        .isDeepEqualTo(new double[][] {{5}, {6}});
  }

  @Test
  @DisplayName("Categories, dates and blank cells are columns to learn from as well")
  void otherColumns() throws IOException {
    CsvTable table = table("colour,built,a,price\nred,2000-01-01,1,5\nblue,2000-01-03,,6\n");
    assertThatThrownBy(() -> Preparation.forNumbers(table, "price"))
        .hasMessageContaining("column 'a': found a blank cell");
    ColumnOptions filled = new ColumnOptions(List.of(), MissingRule.MEAN, false, false, 100);
    Preparation numbers = Preparation.forNumbers(table, "price", filled);
    assertThat(numbers.scaling().names())
        .containsExactly("colour=blue", "colour=red", "built", "a");
    // Two values lie a deviation to both sides of their mean; the filled column has one alone.
    assertThat(numbers.inputs(table).toRows())
        .isDeepEqualTo(new double[][] {{-1, 1, -1, 0}, {1, -1, 1, 0}});
    assertThat(Preparation.forClasses(table, "colour", filled).targets(table).toDoubles())
        .containsExactly(1, 0);
  }
}
