package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(ops).hasSize(7);
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
}
