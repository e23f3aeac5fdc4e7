package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Does everything that the guides in docs say, each in a workplace of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
class GuidesTest {
  private static final List<String> GUIDES =
      List.of(
          "compose.md",
          "data.md",
          "serve.md",
          "train.md",
          "resume.md",
          "see-it.md",
          "onnx.md",
          "onnx-import.md");

  /** What the examples may take: they are short, and stay so. */
  private static final int MOST_LINES_OF_A_TABLE = 25;

  private static final int MOST_LINES_OF_A_NET = 30;

  @TempDir Path temporary;

  private static String guide(String name) throws IOException {
    return Files.readString(Workplace.root().resolve("docs").resolve(name));
  }

  @TestFactory
  Stream<DynamicTest> everyGuide() {
    return GUIDES.stream().map(name -> dynamicTest(name, () -> follow(name)));
  }

  private void follow(String name) throws Exception {
    List<Guide.Step> steps = Guide.of(guide(name)).steps();
    assertThat(steps).isNotEmpty();
    try (Workplace place = Workplace.in(Files.createDirectory(temporary.resolve(name)))) {
      for (Guide.Step step : steps) {
        switch (step) {
          case Guide.Step.ShowFile file -> ReadmeTest.show(place, file);
          case Guide.Step.RunCommands run -> ReadmeTest.run(place, run);
        }
      }
    }
  }

  private static long lines(String file) throws IOException {
    return Block.of(guide("compose.md")).stream()
        .filter(block -> block.file().equals(file))
        .flatMap(block -> block.text().lines())
        .filter(line -> !line.isBlank())
        .count();
  }

  @Test
  void theExamplesAreShort() throws IOException {
    assertThat(lines("Rings.java")).isPositive();
    assertThat(lines("Rings.java") + lines("Inner.java"))
        .isLessThanOrEqualTo(MOST_LINES_OF_A_TABLE);
    assertThat(lines("Pairs.java")).isPositive().isLessThanOrEqualTo(MOST_LINES_OF_A_NET);
  }

  /** The first example of the README is that of the guide. */
  @Test
  void theReadmeShowsTheSame() throws IOException {
    String readme = Files.readString(Workplace.root().resolve("README.md"));
    for (Block block : Block.of(guide("compose.md"))) {
      if (block.file().equals("Rings.java") || block.file().equals("Inner.java")) {
        assertThat(readme).contains(block.text());
      }
    }
  }
}
