package io.deltagraph.readme;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Does everything that README.md says, in its order, and holds its statements to the project. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
class ReadmeTest {
  private static final Path ROOT = Workplace.root();

  /** How the page runs a program. */
  private static final String RUN =
      "java -p cli/target/dist --add-modules io.deltagraph.experiments"
          + " --add-exports=java.base/jdk.internal.module=io.deltagraph.simd ";

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.+?`) \\|");
  private static final Pattern COMMAND = Pattern.compile("(\\./deltagraph|mvn|java|jlink) ");
  private static final Pattern NAME = Pattern.compile("`(.+?)`");

  @TempDir private static Path temporary;
  private static Workplace place;
  private static String readme;

  @BeforeAll
  static void layOut() throws IOException {
    readme = Files.readString(ROOT.resolve("README.md"));
    place = Workplace.in(temporary);
  }

  @AfterAll
  static void clear() throws IOException {
    place.close();
  }

  @TestFactory
  Stream<DynamicTest> everyBlock() {
    List<Guide.Step> steps = Guide.of(readme).steps();
    assertThat(steps).hasSizeGreaterThan(10);
    return steps.stream()
        .map(step ->
            switch (step) {
              case Guide.Step.ShowFile file ->
                  dynamicTest("line " + file.line() + ": " + file.file(), () -> show(place, file));
              case Guide.Step.RunCommands run ->
                  dynamicTest(
                      "line " + run.line() + ": " + String.join("; ", run.commands()),
                      () -> run(place, run));
            });
  }

  /** A file of the project is shown as it is; any other is what the reader is to write. */
  static void show(Workplace place, Guide.Step.ShowFile file) throws IOException {
    Path own = ROOT.resolve(file.file());
    if (Files.exists(own)) {
      assertThat(file.text()).as("as in %s", own).isEqualTo(Files.readString(own));
    } else {
      place.write(file.file(), file.text());
    }
  }

  static void run(Workplace place, Guide.Step.RunCommands step) throws Exception {
    StringBuilder out = new StringBuilder();
    for (String command : step.commands()) {
      if (!Guide.NOT_RUN.containsKey(command)) {
        Workplace.Outcome outcome = place.run(command);
        assertThat(outcome.exitCode())
            .as("exit code of %s%n%s%n%s", command, outcome.out(), outcome.err())
            .isZero();
        if (command.startsWith("java ")) {
          assertThat(outcome.err()).as("what %s warns of", command).isEmpty();
        }
        out.append(outcome.out());
      }
    }
    step.output()
        .flatMap(expected -> Output.difference(expected, out.toString()))
        .ifPresent(difference -> {
          throw new AssertionError("README.md:" + step.line() + ": " + difference);
        });
  }

  /** What the page says of leaving the division out. */
  @Test
  void aWrongGradientOfTheStudentFails() throws Exception {
    String wrong = snippet("MyGradient.java").replace(" / x.length", "");
    place.write("MyWrongGradient.java", wrong);
    Workplace.Outcome outcome = place.run(RUN + "MyWrongGradient.java");
    assertThat(outcome.out())
        .contains("6.7e-01 !!", "times 3, the number of samples")
        .containsPattern("(?m)^W .* FAIL$");
  }

  @Test
  void aSnippetThatDoesNotCompileFails() throws Exception {
    place.write("Broken.java", snippet("Rings.java").replace("Model.builder(", "Model.bilder("));
    Guide.Step.RunCommands run =
        (Guide.Step.RunCommands)
            Guide.of("```sh\n" + RUN + "Broken.java\n```\n").steps().getFirst();
    assertThat(catchThrowable(() -> run(place, run)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Model.bilder(");
  }

  @Test
  void anUnknownCommandFails() {
    Guide.Step.RunCommands run =
        (Guide.Step.RunCommands) Guide.of("```sh\n./deltagraph brew\n```\n").steps().getFirst();
    assertThat(catchThrowable(() -> run(place, run)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("brew");
  }

  @Test
  void theTestCommandIsTheOneThatIsRunOnACleanCopy() throws IOException {
    assertThat(readme.lines()).contains("mvn verify");
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("command='mvn -B verify'\n");
  }

  /** A command within a sentence would not be run. */
  @Test
  void everyCommandIsInABlock() {
    Set<String> run =
        Block.of(readme).stream().flatMap(block -> block.text().lines()).collect(toSet());
    assertThat(find(NAME, readme))
        .filteredOn(code -> COMMAND.matcher(code).lookingAt())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(run).contains(command));
  }

  @Test
  void everyModuleIsInTheTable() throws IOException {
    List<String> modules = find(MODULE, Files.readString(ROOT.resolve("pom.xml")));
    List<String> rows =
        find(ROW, readme).stream().flatMap(names -> find(NAME, names).stream()).toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(modules);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    assertThat(find(LINK, readme))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }

  private static String snippet(String file) {
    return Block.of(readme).stream()
        .filter(block -> block.file().equals(file))
        .map(Block::text)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map((MatchResult found) -> found.group(1)).toList();
  }
}
