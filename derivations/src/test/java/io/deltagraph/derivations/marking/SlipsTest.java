package io.deltagraph.derivations.marking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The slips of the sources that are derivations, each a file with the net on its second line. */
class SlipsTest {
  private static final Path FOLDER = Path.of("..", "examples", "derivations");

  static List<Path> slips() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("slips")
  void eachIsMarkedAsItSays(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).startsWith("# S-").contains(" of docs/formulas.md: ");
    String net = lines.get(1).replace("# net ", "=== ");
    String text = net + "\n\n\n" + String.join("\n", lines.subList(2, lines.size()));
    Cases slip = Cases.parsed(text).getFirst();
    assertThat(slip.differences()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("slips")
  void eachIsASlipOfTheList(Path file) throws IOException {
    String id = file.getFileName().toString().replace(".txt", "");
    assertThat(Files.readString(Path.of("..", "docs", "formulas.md"))).contains("| " + id + " |");
  }
}
