package io.deltagraph.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small tables and specs in a folder. */
final class Samples {
  private Samples() {}

  /** Forty rows of two classes that a curve separates; the seed is fixed. */
  static String table() {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 40; i++) {
      double a = random.nextInt(-50, 50) / 10.0;
      double b = random.nextInt(-50, 50) / 10.0;
      csv.append(a).append(',').append(b).append(',');
      csv.append(a * a + b > 4 ? "out" : "in").append('\n');
    }
    return csv.toString();
  }

  static final String SPEC =
      """
      {
        "version": 1,
        "data": { "csv": "table.csv", "target": "kind", "task": "classification" },
        "split": { "testFraction": 0.25, "folds": "none" },
        "standardisation": "standard",
        "model": {
          "family": "mlp",
          "layers": [
            { "units": 6, "activation": "tanh" },
            { "units": 2, "activation": "softmax" }
          ],
          "initialiser": "glorot"
        },
        "loss": "softmax_cross_entropy",
        "optimizer": { "name": "adam", "learningRate": 0.05 },
        "epochs": 30,
        "batch": 8,
        "seed": 1,
        "dtype": "f32",
        "threads": 1
      }
      """;

  /** Writes table and spec; returns the spec. */
  static Path write(Path folder) throws IOException {
    Files.writeString(folder.resolve("table.csv"), table());
    return Files.writeString(folder.resolve("mine.json"), SPEC);
  }
}
