package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of a plugin: how long its ops are, and that its tests can fail. */
class PluginTest {
  private static final Path OPS =
      Workplace.root().resolve("examples/op-plugin/src/main/java/com/acme/ops");
  private static final Pattern NO_CODE =
      Pattern.compile("\\s*(/?\\*.*|//.*|import .*|package .*)?");

  /** Lines that are neither blank nor comment, import or package. */
  @ParameterizedTest
  @CsvSource({"Swish, 15", "LogCosh, 10", "LeakySum, 30"})
  void opsAreShort(String op, int most) throws IOException {
    assertThat(Files.readString(OPS.resolve(op + ".java")).lines())
        .filteredOn(line -> !NO_CODE.matcher(line).matches())
        .hasSizeBetween(5, most);
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
