package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Does everything that docs/from-a-neuron-to-autodiff.md says, in its order. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
class WalkThroughTest {
  private static final Path GUIDE =
      Workplace.root().resolve("docs").resolve("from-a-neuron-to-autodiff.md");

  @TempDir private static Path temporary;
  private static Workplace place;

  @BeforeAll
  static void layOut() throws IOException {
    place = Workplace.in(temporary);
  }

  @AfterAll
  static void clear() throws IOException {
    place.close();
  }

  @TestFactory
  Stream<DynamicTest> everyBlock() throws IOException {
    List<Guide.Step> steps = Guide.of(Files.readString(GUIDE)).steps();
    assertThat(steps).hasSizeGreaterThan(7);
    return steps.stream()
        .map(step ->
            switch (step) {
              case Guide.Step.ShowFile file ->
                  dynamicTest(
                      "line " + file.line() + ": " + file.file(),
                      () -> ReadmeTest.show(place, file));
              case Guide.Step.RunCommands run ->
                  dynamicTest(
                      "line " + run.line() + ": " + String.join("; ", run.commands()),
                      () -> ReadmeTest.run(place, run));
            });
  }
}
