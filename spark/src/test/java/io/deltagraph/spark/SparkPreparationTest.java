package io.deltagraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.serving.Preparation;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkPreparationTest {
  private static final int ROWS = 60;
  private static SparkSession session;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    session = Clusters.local(2);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static String text() {
    RandomStream random = Seeds.of(4).stream();
    StringBuilder text = new StringBuilder("far,kind,near,same,sort\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%.3f,%s,%.5f,0.1,%s%n",
              1e6 + random.nextGaussian(),
              List.of("oak", "ash", "elm").get(random.nextInt(3)),
              random.nextGaussian(),
              random.nextInt(2) == 0 ? "yes" : "no"));
    }
    return text.toString();
  }

  private static CsvTable here() {
    return CsvTable.parse("rows", text().getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  private static Dataset<Row> there(boolean parquet) throws IOException {
    Path csv = Files.writeString(folder.resolve("rows.csv"), text());
    Dataset<Row> table =
        session.read().option("header", true).option("inferSchema", true).csv(csv.toString());
    if (!parquet) {
      return table;
    }
    String columns = folder.resolve("rows.parquet").toString();
    table.repartition(3).write().mode("overwrite").parquet(columns);
    return session.read().parquet(columns);
  }

  @Test
  void classesArePreparedAsInMemory() throws IOException {
    Preparation expected = Preparation.forClasses(here(), "sort");
    Preparation found = SparkPreparation.forClasses(there(false), "sort");
    assertThat(found.columns()).isEqualTo(expected.columns());
    assertThat(found.outcome()).isEqualTo(expected.outcome());
    assertThat(found.scaling().names()).isEqualTo(expected.scaling().names());
    for (int j = 0; j < found.width(); j++) {
      double mean = expected.scaling().shifts().get(j);
      double deviation = expected.scaling().divisors().get(j);
      double rounding = 4 * Math.ulp(Math.abs(mean) + deviation);
      assertThat(found.scaling().shifts().get(j)).isCloseTo(mean, within(rounding));
      assertThat(found.scaling().divisors().get(j)).isCloseTo(deviation, within(rounding));
    }
    assertThat(SparkPreparation.forClasses(there(true).repartition(7), "sort")).isEqualTo(found);
    assertThat(SparkPreparation.forClasses(there(true).coalesce(1), "sort")).isEqualTo(found);

    Tensor inputs = found.inputs(here());
    Tensor targets = found.targets(here());
    List<double[]> rows = SparkPreparation.rows(there(false).coalesce(1), found).collect();
    assertThat(rows).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < found.width(); j++) {
        assertThat(rows.get(i)[j]).isEqualTo(inputs.at(i, j));
      }
      assertThat(rows.get(i)[found.width()]).isEqualTo(targets.get(i));
    }
  }

  @Test
  void numbersArePreparedAsInMemory() throws IOException {
    Preparation expected = Preparation.forNumbers(here(), "near");
    Preparation found = SparkPreparation.forNumbers(there(true), "near");
    assertThat(found.columns()).isEqualTo(expected.columns());
    assertThat(found.outcome()).isEqualTo(expected.outcome());
    double[] last = SparkPreparation.rows(there(false).coalesce(1), found).collect().getLast();
    assertThat(last[found.width()]).isEqualTo(found.targets(here()).get(ROWS - 1));
  }

  @Test
  void whatCannotBePreparedIsRefused() throws IOException {
    assertThatThrownBy(() -> SparkPreparation.forClasses(there(false), "sorts"))
        .hasMessageContaining("There is no column 'sorts', but [far, kind, near, same, sort]");
    assertThatThrownBy(() -> SparkPreparation.forNumbers(there(false), "kind"))
        .hasMessageContaining("The column 'kind' holds no numbers");
    assertThatThrownBy(() -> SparkPreparation.forClasses(there(false), "same"))
        .hasMessageContaining("holds [0.1] alone");
    assertThatThrownBy(
            () -> SparkPreparation.forNumbers(session.sql("select array(1) as a, 1 as b"), "b"))
        .hasMessageContaining("The column 'a' is of the type array");
    assertThatThrownBy(() ->
            SparkPreparation.forNumbers(session.sql("select double('NaN') as a, 1 as b"), "b"))
        .hasStackTraceContaining("The column 'a' holds NaN: fill or leave out");
    assertThatThrownBy(() ->
            SparkPreparation.forNumbers(
                session.range(0, 1200, 1, 2).selectExpr("cast(id as string) as a", "id as b"), "b"))
        .hasStackTraceContaining("more than 1000 different texts");
  }

  @Test
  void sumsAreExact() {
    for (int seed = 1; seed <= 300; seed++) {
      RandomStream random = Seeds.of(seed).stream();
      ExactSum one = new ExactSum();
      ExactSum other = new ExactSum();
      BigDecimal expected = BigDecimal.ZERO;
      for (int i = 0; i < 50; i++) {
        double number = random.nextGaussian() * Math.pow(2, random.nextInt(120) - 60);
        BigDecimal exact = new BigDecimal(number);
        if (random.nextInt(2) == 0) {
          (random.nextInt(2) == 0 ? one : other).add(number);
          expected = expected.add(exact);
        } else {
          (random.nextInt(2) == 0 ? one : other).addSquare(number);
          expected = expected.add(exact.multiply(exact));
        }
      }
      one.add(other);
      assertThat(one.value()).as("seed %s", seed).isEqualByComparingTo(expected);
    }
  }
}
