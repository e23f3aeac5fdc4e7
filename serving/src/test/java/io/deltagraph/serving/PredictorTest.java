package io.deltagraph.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.graph.GraphException;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows by names, in order and as tables, beside what a saved model says of a table. */
class PredictorTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_NANOS = 20_000_000_000L;
  private static final int ROWS = 150;

  @TempDir private Path folder;

  private static List<Map<String, Object>> rows(CsvTable table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("weight", new BigDecimal(table.categories("weight").get(i)));
      row.put("colour", table.categories("colour").get(i));
      row.put("size", table.numbers("size").get(i));
      row.put("beside", "left alone");
      rows.add(row);
    }
    return rows;
  }

  private static void same(Prediction said, Predictions table, int row) {
    assertThat(said).isInstanceOf(Prediction.OfClass.class);
    Prediction.OfClass one = (Prediction.OfClass) said;
    Tensor shares = table.probabilities().orElseThrow();
    double[] expected = shares.toRows()[row];
    assertThat(one.probabilities()).hasSize(expected.length);
    int best = 0;
    for (int k = 0; k < expected.length; k++) {
      assertThat(one.probabilities().get(k)).isEqualTo(expected[k]);
      best = expected[k] > expected[best] ? k : best;
    }
    assertThat(one.index()).isEqualTo(best);
    assertThat(one.name()).isEqualTo(String.valueOf("abc".charAt(best)));
  }

  @ParameterizedTest
  @CsvSource({"1, F32", "2, F32", "3, F64"})
  void everyWayToGiveARowHasTheBitsOfTheTable(int degree, DType dtype) {
    Predictor predictor = Predictor.of(SampleModel.classes(degree, dtype));
    CsvTable table = SampleModel.table(ROWS);
    Predictions expected = SampleModel.classes(degree, dtype).predict(table);
    List<Map<String, Object>> rows = rows(table);
    List<Prediction> together = predictor.predict(rows);
    List<Prediction> asTable = predictor.predict(table);
    assertThat(together).hasSize(ROWS);
    double[] cells = new double[3];
    double[] outputs = new double[predictor.outputs()];
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = rows.get(i);
      same(together.get(i), expected, i);
      same(asTable.get(i), expected, i);
      same(predictor.predict(row), expected, i);
      same(
          predictor.predict(row.get("size"), row.get("colour"), row.get("weight").toString()),
          expected,
          i);
      cells[0] = table.numbers("size").get(i);
      cells[1] = predictor.categories("colour").indexOf(table.categories("colour").get(i));
      cells[2] = table.numbers("weight").get(i);
      predictor.predict(cells, outputs);
      assertThat(outputs).containsExactly(expected.outputs().toRows()[i]);
    }
    assertThat(predictor.columns()).containsExactly("size", "colour", "weight");
    assertThat(predictor.predict(List.of())).isEmpty();
  }

  @Test
  void numbersAreTheOutputs() {
    Predictor predictor = Predictor.of(SampleModel.numbers());
    CsvTable table = SampleModel.table(9);
    Tensor expected = SampleModel.numbers().predict(table).outputs();
    List<Prediction> said = predictor.predict(rows(table));
    for (int i = 0; i < 9; i++) {
      assertThat(said.get(i)).isEqualTo(new Prediction.OfNumber(expected.get(i)));
    }
  }

  @Test
  void theSameModelFromFilesAndFromTheClassPath() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("io/deltagraph/serving"));
    SavedModel model = SampleModel.classes(2, DType.F32);
    model.save(inner.resolve("kept"));
    CsvTable table = SampleModel.table(5);
    List<Prediction> expected = Predictor.of(model).predict(table);
    Predictor files = Predictor.load(inner.resolve("kept.json"), SampleModel.OPS);
    assertThat(files.predict(table)).isEqualTo(expected);
    // A class of a loader that has the folder besides.
    Path own = Path.of(Beside.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {own.toUri().toURL(), folder.toUri().toURL()},
            ClassLoader.getPlatformClassLoader())) {
      Class<?> beside = loader.loadClass(Beside.class.getName());
      assertThat(Predictor.load(beside, "kept", SampleModel.OPS).predict(table))
          .isEqualTo(expected);
      assertThatThrownBy(() -> Predictor.load(beside, "lost", SampleModel.OPS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no lost.json beside");
      Path weights = inner.resolve("kept.safetensors");
      byte[] bytes = Files.readAllBytes(weights);
      bytes[bytes.length - 1] ^= 1;
      Files.write(weights, bytes);
      assertThatThrownBy(() -> Predictor.load(beside, "kept", SampleModel.OPS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SHA-256");
    }
  }

  /** Stands where a model lies among resources. */
  static final class Beside {}

  @Test
  void whatIsWrongIsNamedByRowAndColumn() {
    Predictor predictor = Predictor.of(SampleModel.classes(2, DType.F32));
    List<Map<String, Object>> rows = rows(SampleModel.table(3));
    refused(predictor, rows, "weight", "heavy", "row 2, column 'weight'", "'heavy'", "a number");
    refused(predictor, rows, "weight", "", "row 2, column 'weight'", "a blank cell");
    refused(predictor, rows, "weight", Double.NaN, "row 2, column 'weight'", "finite");
    refused(predictor, rows, "weight", 1e30, "row 2, column 'weight^2'", "range of f32");
    refused(predictor, rows, "weight", List.of(1), "row 2, column 'weight'", "a list");
    refused(predictor, rows, "colour", "pink", "row 2, column 'colour'", "'pink'", "'green'");
    refused(predictor, rows, "colour", null, "row 2, column 'colour'", "a blank cell");
    assertThatThrownBy(() -> predictor.predict(Map.of("colour", "red", "weigth", 1, "size", 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("the row: found no value for 'weight'", "'weigth' was meant");
    assertThatThrownBy(() -> predictor.predict(1, "red"))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("found 2 cells", "size, colour, weight");
    double[] outputs = new double[3];
    assertThatThrownBy(() -> predictor.predict(new double[] {1, 4, 1}, outputs))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a whole number from 0 to 3");
    assertThatThrownBy(() -> predictor.predict(new double[] {1, 4}, outputs))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> predictor.predict(new double[] {1, 0, 1}, new double[2]))
        .isInstanceOf(GraphException.BadInput.class);
    // A number has no way of writing.
    assertThat(predictor.predict(1, 7.0, 2)).isEqualTo(predictor.predict(1, "7", 2));
  }

  private static void refused(
      Predictor predictor,
      List<Map<String, Object>> rows,
      String column,
      Object cell,
      String... message) {
    Map<String, Object> wrong = new HashMap<>(rows.get(1));
    wrong.put(column, cell);
    assertThatThrownBy(() -> predictor.predict(List.of(rows.get(0), wrong, rows.get(2))))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(message);
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    Predictor predictor = Predictor.of(SampleModel.classes(2, DType.F32));
    List<Map<String, Object>> rows = rows(SampleModel.table(ROWS));
    List<Prediction> expected = predictor.predict(SampleModel.table(ROWS));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int k = 0; k < 40 * ROWS; k++) {
        int i = (int) (k * 2_654_435_761L % ROWS);
        work.add(() -> predictor.predict(rows.get(i)).equals(expected.get(i)));
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  @Test
  void aRowOfACallersOwnArraysAllocatesNothing() {
    Predictor predictor = Predictor.of(SampleModel.classes(2, DType.F32));
    double[] cells = {0.5, 2, 300};
    double[] outputs = new double[3];
    long start = System.nanoTime();
    do {
      predictor.predict(cells, outputs);
    } while (!predictor.model().compiled().isSettled() && System.nanoTime() - start < MOST_NANOS);
    long least = Long.MAX_VALUE;
    while (least > 0 && System.nanoTime() - start < 2 * MOST_NANOS) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        predictor.predict(cells, outputs);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes of 100 rows").isZero();
  }
}
