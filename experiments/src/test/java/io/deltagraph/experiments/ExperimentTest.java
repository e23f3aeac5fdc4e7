package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExperimentTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  private static Experiment experiment(TrainingSpec spec) {
    return Experiment.of(spec, Path.of("."), OPS);
  }

  @ParameterizedTest
  @CsvSource({
    "DIGITS,        1797, 64, 359, 10, ONE_HOT",
    "BREAST_CANCER,  569, 30, 114,  1, BITS",
    "IRIS,           150,  4,  30,  3, ONE_HOT",
    "WINE,           178, 13,  36,  3, ONE_HOT",
    "DIABETES,       442, 10,  88,  1, BITS",
    "HOUSE_PRICES,     5,  2,   0,  1, BITS",
    "XOR,              4,  2,   0,  1, BITS",
    "AND,              4,  2,   0,  1, BITS",
    "OR,               4,  2,   0,  1, BITS"
  })
  @DisplayName("Every shipped spec becomes tensors of the net's shapes")
  void shapes(BuiltInSet set, int rows, int features, int held, int outputs, TargetForm form) {
    TrainingSpec spec = SpecReader.builtIn(set);
    Experiment experiment = experiment(spec);
    assertThat(experiment.plan().features()).isEqualTo(features);
    assertThat(experiment.plan().outputs()).isEqualTo(outputs);
    assertThat(experiment.plan().dtype()).isEqualTo(spec.dtype());
    assertThat(experiment.form()).isEqualTo(form);
    Tensor inputs = experiment.training().samples().inputs();
    Tensor targets = experiment.training().samples().targets();
    assertThat(inputs.type()).isEqualTo(TensorType.of(spec.dtype(), rows - held, features));
    assertThat(targets.type()).isEqualTo(TensorType.of(spec.dtype(), rows - held, outputs));
    assertThat(experiment.held().samples().count()).isEqualTo(held == 0 ? rows : held);
    assertThat(experiment.split().test().size()).isEqualTo(held);
    if (experiment.training().target() instanceof Targets.Classes classes) {
      assertThat(
              IntStream.range(0, targets.size(0))
                  .map(row -> experiment.form().trueClass(targets, row))
                  .toArray())
          .containsExactly(Ints.toArray(classes.labels()));
    } else if (experiment.training().target() instanceof Targets.Numbers numbers) {
      assertThat(targets.toDoubles()).containsExactly(Doubles.toArray(numbers.values()));
    }
  }

  @Test
  @DisplayName("Inputs are the table's numbers, less the training rows' mean, over their deviation")
  void standardised() {
    Experiment experiment = experiment(SpecReader.builtIn(BuiltInSet.WINE).withDtype(DType.F64));
    CsvTable table = BuiltInSet.WINE.table();
    int[] rows = Ints.toArray(experiment.split().train());
    List<String> columns = table.columns().stream().filter(name -> !name.equals("class")).toList();
    for (int j = 0; j < 13; j++) {
      double[] all = Doubles.toArray(table.numbers(columns.get(j)));
      double mean = 0;
      for (int row : rows) {
        mean += all[row] / rows.length;
      }
      double variance = 0;
      for (int row : rows) {
        variance += (all[row] - mean) * (all[row] - mean) / rows.length;
      }
      for (int i = 0; i < rows.length; i++) {
        assertThat(experiment.training().samples().inputs().at(i, j))
            .isCloseTo((all[rows[i]] - mean) / Math.sqrt(variance), within(1e-11));
      }
      int held = experiment.split().test().get(5);
      assertThat(experiment.held().samples().inputs().at(5, j))
          .isCloseTo((all[held] - mean) / Math.sqrt(variance), within(1e-11));
    }
  }

  private static CsvTable shuffled(CsvTable table, String without, long seed) {
    List<String> columns = new ArrayList<>(table.columns());
    columns.remove(without);
    columns.add("note");
    Collections.shuffle(columns, new Random(seed));
    Map<String, List<String>> cells = new HashMap<>();
    table.columns().forEach(column -> cells.put(column, table.categories(column)));
    cells.put("note", ImmutableList.copyOf(Collections.nCopies(table.rows(), "x")));
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (int row = 0; row < table.rows(); row++) {
      int at = row;
      text.append(columns.stream().map(column -> cells.get(column).get(at)).collect(joining(",")));
      text.append('\n');
    }
    return CsvTable.parse("later", text.toString().getBytes(UTF_8), CsvLimits.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource(names = {"WINE", "DIABETES", "DIGITS", "HOUSE_PRICES"})
  @DisplayName("A later table in another order, without target, with more columns, gives the same")
  void laterTable(BuiltInSet set) {
    Experiment experiment = experiment(SpecReader.builtIn(set));
    DType dtype = experiment.plan().dtype();
    CsvTable table = set.table();
    Tensor inputs = experiment.preparation().inputs(shuffled(table, set.target(), 5), dtype);
    assertThat(inputs.bitEquals(experiment.preparation().inputs(table, dtype))).isTrue();
    assertThat(
            inputs
                .rows(Ints.toArray(experiment.split().train()))
                .bitEquals(experiment.training().samples().inputs()))
        .isTrue();
  }

  @Test
  @DisplayName("The outcome reads a later table's target by the classes that were learnt")
  void outcome() {
    Outcome outcome = experiment(SpecReader.builtIn(BuiltInSet.IRIS)).preparation().outcome();
    CsvTable two = CsvTable.parse("later", "class\n2\n0\n".getBytes(UTF_8), CsvLimits.DEFAULT);
    assertThat(((Targets.Classes) outcome.read(two)).labels().toArray()).containsExactly(2, 0);
    CsvTable other = CsvTable.parse("later", "class\n7\n".getBytes(UTF_8), CsvLimits.DEFAULT);
    assertThatThrownBy(() -> outcome.read(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("7");
  }

  @ParameterizedTest
  @CsvSource({"1e39, 1, a", "1, -1e39, b"})
  @DisplayName("A number that the dtype cannot hold is named before anything is trained")
  void beyond(String feature, String target, String column) throws Exception {
    Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n" + feature + "," + target + "\n3,4\n");
    String json =
        """
        { "data": { "csv": "t.csv", "target": "b", "task": "regression" },
          "model": { "family": "linear" }, "loss": "half_squared_error", "epochs": 1,
          "standardisation": "none", "optimizer": { "name": "sgd", "learningRate": 0.1 } }
        """;
    TrainingSpec spec = SpecReader.parse("w", "w", json.getBytes(UTF_8));
    assertThatThrownBy(() -> Experiment.of(spec, folder, OPS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 3, column '" + column + "'");
    assertThat(Experiment.of(spec.withDtype(DType.F64), folder, OPS).training().samples().count())
        .isPositive();
  }

  @Test
  @DisplayName("A seed decides the split")
  void seeds() {
    TrainingSpec spec = SpecReader.builtIn(BuiltInSet.WINE);
    assertThat(experiment(spec.withSeed(4)).split())
        .isEqualTo(experiment(spec.withSeed(4)).split());
    assertThat(experiment(spec.withSeed(4)).split())
        .isNotEqualTo(experiment(spec.withSeed(5)).split());
  }
}
