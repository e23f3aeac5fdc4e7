package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.Prediction;
import io.deltagraph.serving.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table with texts, dates, blanks and decimal commas, from training to single rows. */
class DataChoicesTest {
  private static final List<String> COLOURS = List.of("red", "green", "blue");
  private static final int ROWS = 120;

  private static final String SPEC =
      """
      {
        "data": {
          "csv": "sales.csv", "target": "price", "task": "regression",
          "missing": "indicator", "unseen": "zeros", "dates": "days", "targetScaling": "standard"
        },
        "model": { "family": "linear" },
        "loss": "mean_squared_error",
        "optimizer": { "name": "adam", "learningRate": 0.05 },
        "epochs": 150,
        "dtype": "f64"
      }
      """;

  @TempDir private Path folder;

  /** A price that the colour, the size and the day make, in thousands of thousands. */
  private static String table() {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("colour;size;sold;price\n");
    for (int i = 0; i < ROWS; i++) {
      int colour = random.nextInt(3);
      double size = random.nextInt(1000) / 10.0;
      int day = random.nextInt(28) + 1;
      double price = 1e6 * (colour + 1) + 20_000 * size + 50_000 * day;
      csv.append(i % 17 == 3 ? "" : COLOURS.get(colour)).append(';');
      csv.append(i % 13 == 5 ? "" : String.format(Locale.GERMANY, "%.1f", size)).append(';');
      csv.append(String.format(Locale.ROOT, "2024-02-%02d;%.2f%n", day, price).replace('.', ','));
    }
    return csv.toString();
  }

  @Test
  void preparationIsTheSameInTrainingPredictionAndForSingleRows() throws Exception {
    Path data = Files.writeString(folder.resolve("sales.csv"), table());
    Path spec = Files.writeString(folder.resolve("sales.json"), SPEC);
    Path model = folder.resolve("m");
    Run train = Run.here("train", spec, "--output", model);
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.out())
        .contains(
            "taken      cells are separated by semicolons; decimals stand behind commas;"
                + " 'colour' holds 3 categories; 'sold' holds dates, as days");
    JsonNode scores = Run.here("evaluate", model, "--data", data, "--json").json();
    assertThat(scores.findValue("r2").asDouble()).isGreaterThan(0.8);
    JsonNode said = Run.here("predict", model, "--data", data, "--json").json();
    List<String> lines = Run.here("predict", model, "--data", data).out().lines().toList();
    Predictor predictor = Predictor.load(model, OpRegistry.load());
    List<String> rows = table().lines().skip(1).toList();
    double largest = 0;
    for (int i = 0; i < ROWS; i++) {
      String[] cells = rows.get(i).split(";", -1);
      Map<String, Object> row = new HashMap<>();
      row.put("colour", cells[0]);
      row.put("size", cells[1].replace(',', '.'));
      row.put("sold", cells[2]);
      double value = ((Prediction.OfNumber) predictor.predict(row)).value();
      assertThat(said.get("predictions").get(i).asDouble()).isEqualTo(value);
      assertThat(Double.parseDouble(lines.get(i + 1))).isEqualTo(value);
      largest = Math.max(largest, value);
    }
    // In the unit of the table.
    assertThat(largest).isBetween(3e6, 9e6);
    Map<String, Object> unseen = new HashMap<>();
    unseen.put("colour", "violet");
    unseen.put("size", null);
    unseen.put("sold", "2024-02-11");
    assertThat(predictor.predict(unseen)).isInstanceOf(Prediction.OfNumber.class);
  }
}
