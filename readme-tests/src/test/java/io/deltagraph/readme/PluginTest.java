package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of a plugin: how long its ops are, and that its tests can fail. */
class PluginTest {
  private static final Path PLUGIN = Workplace.root().resolve("examples/op-plugin");
  private static final Path OPS = PLUGIN.resolve("src/main/java/com/acme/ops");
  private static final Pattern NO_CODE =
      Pattern.compile("\\s*(/?\\*.*|//.*|import .*|package .*)?");

  /**
   * How long an op of each kind is at most: lines that are no blank, comment, import or package.
   */
  @ParameterizedTest
  @CsvSource({
    "Swish, 15",
    "Snake, 20",
    "LogCosh, 10",
    "LeakySum, 30",
    "RootMeanSquare, 25",
    "RowDot, 10",
    "DirectionAndLength, 12",
    "Flip, 15"
  })
  void opsAreShort(String op, int most) throws IOException {
    assertThat(code(OPS.resolve(op + ".java")))
        .hasSizeBetween(5, most)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  /** A line within the class, for each op that is listed. */
  @Test
  void testsOfOpsAreOneLineEach() throws IOException {
    Path list = PLUGIN.resolve("src/main/resources/META-INF/services/io.deltagraph.graph.Op");
    List<String> ops = Files.readAllLines(list);
    assertThat(ops).hasSize(8);
    for (String type : ops) {
      String op = type.substring(type.lastIndexOf('.') + 1);
      assertThat(code(PLUGIN.resolve("src/test/java/com/acme/ops/" + op + "Test.java")))
          .containsExactly(
              "class " + op + "Test implements OpContract {",
              "  @Override public Op<?> op() { return new " + op + "(); }",
              "}");
    }
  }

  private static List<String> code(Path file) throws IOException {
    return Files.readString(file).lines().filter(line -> !NO_CODE.matcher(line).matches()).toList();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
  void aWrongBackwardRuleFailsTheBuildOfThePlugin(@TempDir Path temporary) throws Exception {
    try (Workplace place = Workplace.in(temporary)) {
      String swish = "examples/op-plugin/src/main/java/com/acme/ops/Swish.java";
      String right = Files.readString(place.folder().resolve(swish));
      place.write(swish, right.replace("sigmoid.plus(", "sigmoid.minus("));
      Workplace.Outcome outcome = place.run("mvn -f examples/op-plugin verify -Dtest=SwishTest");
      assertThat(outcome.exitCode()).isNotZero();
      assertThat(outcome.out()).contains("acme:swish").contains("BUILD FAILURE");
    }
  }

  /** Maven's plugins by their versions, as that pattern finds them. */
  private static ImmutableMap<String, String> versions(String pattern, String pom) {
    return Pattern.compile(pattern)
        .matcher(pom)
        .results()
        .collect(ImmutableMap.toImmutableMap(m -> m.group(1), m -> m.group(2)));
  }

  private static void hasVersionsOf(String root, String pom) {
    ImmutableMap<String, String> here =
        versions("<artifactId>([\\w-]+-plugin)</artifactId>\\s*<version>([^<]+)<", pom);
    assertThat(here).hasSize(6);
    assertThat(versions("<([\\w-]+-plugin)\\.version>([^<]+)<", root)).containsAllEntriesOf(here);
  }

  /** The example and the archetype are built by the plugins of Maven that this project is. */
  @Test
  void versionsOfMavensPluginsAreThoseOfThisProject() throws IOException {
    String root = Files.readString(Workplace.root().resolve("pom.xml"));
    String example = Files.readString(PLUGIN.resolve("pom.xml"));
    hasVersionsOf(root, example);
    hasVersionsOf(
        root,
        Files.readString(
            Workplace.root()
                .resolve("op-archetype/src/main/resources/archetype-resources/pom.xml")));
    assertThat(example)
        .contains("<deltagraph.version>" + System.getProperty("deltagraph.version") + "<");
    String older = example.replaceFirst("(surefire-plugin</artifactId>\\s*<version>)3", "$12");
    assertThat(older).isNotEqualTo(example);
    assertThatThrownBy(() -> hasVersionsOf(root, older))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("maven-surefire-plugin");
  }
}
