package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The derivations of the built-in sets stand in a golden file, which was read by eye. */
class ExplainCommandTest {
  private static final List<String> SETS =
      List.of(
          "digits",
          "breast-cancer",
          "iris",
          "wine",
          "diabetes",
          "house-prices",
          "xor",
          "and",
          "or");

  @TempDir private Path folder;

  private static String golden() throws IOException {
    try (var in = ExplainCommandTest.class.getResourceAsStream("/explain.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void derivesEveryBuiltInSet() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String set : SETS) {
      all.append("== ").append(set).append('\n').append(Run.here("explain", set).out());
    }
    all.append("== xor --steps\n").append(Run.here("explain", "xor", "--steps").out());
    all.append("== xor --ascii --wrt W1\n")
        .append(Run.here("explain", "xor", "--ascii", "--wrt", "W1").out());
    assertThat(all.toString()).isEqualTo(golden());
  }

  @Test
  void derivesPolynomialsAndSoftmaxWithOneRowLess() throws IOException {
    Path polynomial = folder.resolve("polynomial.json");
    Files.writeString(
        polynomial,
        """
        {"data": {"builtIn": "house-prices"}, "model": {"family": "linear", "degree": 2},
         "loss": "half_squared_error", "optimizer": {"name": "sgd", "learningRate": 0.1}, "epochs": 1}
        """);
    assertThat(Run.here("explain", polynomial).out())
        .contains("Z1 = X W1ᵀ + b1\nA1 = Z1\n", "δ1 = (A1 − T) / n\n");
    Path reduced = folder.resolve("reduced.json");
    Files.writeString(
        reduced,
        """
        {"data": {"builtIn": "iris"}, "model": {"family": "softmax", "parametrisation": "reduced"},
         "loss": "softmax_cross_entropy", "optimizer": {"name": "sgd", "learningRate": 0.1}, "epochs": 1}
        """);
    assertThat(Run.here("explain", reduced).out()).contains("δ1 = (A1 − T)[:, :-1] / n\n");
  }

  @Test
  void aNameThatThereIsNotIsToldWithThoseThatThereAre() {
    Run run = Run.here("explain", "xor", "--wrt", "W3");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--wrt: found 'W3', expected one of A1, A2, T, W1, W2, X, Z1, Z2, b1, b2, loss");
  }
}
