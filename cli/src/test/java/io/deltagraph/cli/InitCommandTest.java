package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} on tables of users, and the training that it leads to. */
class InitCommandTest {
  @TempDir private Path folder;

  private Path flats(String separator) throws Exception {
    Random random = new Random(9);
    StringBuilder csv = new StringBuilder("id,area,district,built,note,same,slip,rent\n");
    for (int i = 0; i < 100; i++) {
      double area = 20 + random.nextInt(800) / 10.0;
      int district = random.nextInt(3);
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,19%d-05-01,note %d,x,%s,%.1f%n",
              1000 + i,
              i % 20 == 7 ? "" : Double.toString(area),
              "north west south".split(" ", -1)[district],
              50 + i % 50,
              i,
              i == 50 ? "12 m" : Integer.toString(i),
              area * 12 + 100 * district));
    }
    return Files.writeString(folder.resolve("flats.csv"), csv.toString().replace(",", separator));
  }

  @Test
  void aTableOfUsersTrainsAtOnce() throws Exception {
    Path spec = folder.resolve("flats.json");
    Run init = Run.here("init", flats(";"), "--output", spec);
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(init.out())
        .contains("Cells are separated by semicolons")
        .contains("median of the training rows")
        .containsPattern("id +left out +numbers the rows")
        .containsPattern("area +numbers +each cell is a number, some blank")
        .containsPattern("district +categories +3 different texts")
        .containsPattern("built +dates +each cell is a date")
        .containsPattern("note +left out +100 different texts")
        .containsPattern("same +left out +the same in every row")
        .containsPattern("slip +left out +not each cell is a number")
        .containsPattern("rent +target +numbers, \\d+ different ones: a regression");
    JsonNode json = new ObjectMapper().readTree(spec.toFile());
    assertThat(json.at("/data/csv").asText()).isEqualTo("flats.csv");
    assertThat(json.at("/data/columns").toString()).isEqualTo("[\"area\",\"district\",\"built\"]");
    Run train = Run.here("train", spec, "--output", folder.resolve("m"), "--json");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.json().at("/test").findValue("r2").asDouble()).isGreaterThan(0.8);
  }

  @Test
  void classesAreToldFromNumbersAndTexts() throws Exception {
    Path table = Files.writeString(folder.resolve("t.csv"), Samples.table());
    Path spec = folder.resolve("t.json");
    Run text = Run.here("init", table, "--output", spec, "--json");
    assertThat(text.json().at("/columns/2/why").asText())
        .isEqualTo("2 different values: a classification");
    Run train = Run.here("train", spec, "--output", folder.resolve("m"));
    assertThat(train.exitCode()).as(train.err()).isZero();
    Path digits =
        Files.writeString(
            folder.resolve("n.csv"),
            Samples.table().replace(",in\n", ",0\n").replace(",out\n", ",1\n"));
    Run number = Run.here("init", digits, "--output", folder.resolve("n.json"), "--json");
    assertThat(number.json().at("/columns/2/why").asText()).endsWith("a classification");
    Run other =
        Run.here("init", digits, "--target", "a", "--output", folder.resolve("a.json"), "--json");
    assertThat(other.json().at("/columns/0/why").asText()).endsWith("a regression");
  }

  @Test
  void whatIsThereStaysAndWhatCannotBePredictedIsSaid() throws Exception {
    Path table = flats(",");
    Path spec = Files.writeString(folder.resolve("flats.json"), "mine");
    Run there = Run.here("init", table, "--output", spec);
    assertThat(there.exitCode()).isEqualTo(2);
    assertThat(there.err()).contains("a file that is there already");
    assertThat(spec).hasContent("mine");
    for (String[] wrong :
        new String[][] {
          {"note", "100 different texts in 100 rows"},
          {"same", "the same value in every row"},
          {"built", "dates"},
          {"area", "a blank cell in the column to predict"},
          {"rest", "no column named 'rest'"},
        }) {
      Run run = Run.here("init", table, "--target", wrong[0], "--output", folder.resolve("o.json"));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(wrong[1]);
      assertThat(folder.resolve("o.json")).doesNotExist();
    }
  }
}
