package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that version 1 of the files has saved, with what the program that saved them predicted:
 * neither is written anew when something changes.
 */
class SavedBeforeTest {
  private static final Path SAVED = Path.of("src/test/resources/saved");
  private static final Path TABLES = Path.of("../data/src/main/resources/io/deltagraph/data/sets");

  @ParameterizedTest
  @ValueSource(strings = {"iris", "xor"})
  @DisplayName("A model that was saved before predicts the same digits")
  void predictsTheSame(String name) {
    Run run =
        Run.here(
            "predict",
            SAVED.resolve(name),
            "--data",
            TABLES.resolve(name + ".csv"),
            "--probabilities");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(SAVED.resolve(name + ".csv")).content().isEqualTo(run.out());
  }
}
