package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the archetype generates is built outside the reactor, used, and its test can fail. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
class ArchetypeTest {
  private static final String OP = "examples/my-ops/src/main/java/org/example/ops/Gate.java";

  @TempDir private Path temporary;
  private Workplace place;

  @BeforeEach
  void layOut() throws IOException {
    place = Workplace.in(temporary);
  }

  @AfterEach
  void clear() throws IOException {
    place.close();
  }

  private String succeeds(String command) throws Exception {
    Workplace.Outcome outcome = place.run(command);
    assertThat(outcome.exitCode()).as("%s%n%s%n%s", command, outcome.out(), outcome.err()).isZero();
    return outcome.out();
  }

  private void generate() throws Exception {
    succeeds(generating("-DgroupId=org.example -Dpackage=org.example.ops -DopId=example:gate"));
  }

  private static String generating(String options) {
    return "mvn %s:generate -DarchetypeGroupId=io.deltagraph -DarchetypeArtifactId=%s -DarchetypeVersion=%s"
            .formatted(
                System.getProperty("archetype.plugin"),
                "deltagraph-op-archetype",
                System.getProperty("deltagraph.version"))
        + " -DarchetypeCatalog=local -DoutputDirectory=examples -DartifactId=my-ops -DopClass=Gate "
        + options;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "-DgroupId=com.my-co -DopId=example:gate, 'com.my-co' is no package of Java. Give one",
        "-DgroupId=org.example -DopId=example:gateI, -DopId is 'example:gateI'",
        "-DgroupId=org.example -DopId=gate, -DopId is 'gate'",
        "-DgroupId=org.example -DopId=my_co:gate, -DopId is 'my_co:gate'"
      })
  void whatWouldNotBuildIsRefusedAtOnce(String options, String words) throws Exception {
    Workplace.Outcome outcome = place.run(generating(options));
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.out()).contains(words);
    assertThat(place.folder().resolve("examples/my-ops")).doesNotExist();
  }

  @Test
  void theProjectBuildsAndItsOpIsUsed() throws Exception {
    generate();
    assertThat(Files.readString(place.folder().resolve("examples/my-ops/pom.xml")))
        .isEqualTo(examplePom());
    assertThat(place.folder().resolve("examples/my-ops/README.md"))
        .content()
        .startsWith("# my-ops\n")
        .contains("target/my-ops-1.0.jar", "`example:gate`")
        .doesNotContain("${");

    String built = succeeds("mvn -f examples/my-ops verify");
    assertThat(built)
        .contains("Running org.example.ops.GateTest", "BUILD SUCCESS")
        .containsPattern("Tests run: [1-9][0-9]+, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(succeeds("./deltagraph ops --plugins examples/my-ops/target/my-ops-1.0.jar --json"))
        .contains("\"id\" : \"example:gate\"", "\"provider\" : \"org.example.ops\"");
    String spec = Files.readString(place.folder().resolve("examples/specs/rings-acme.json"));
    place.write(
        "examples/specs/gate.json",
        spec.replace("acme:swish", "example:gate")
            .replace("acme:log_cosh", "binary_cross_entropy"));
    assertThat(
            succeeds(
                "./deltagraph train examples/specs/gate.json --plugins examples/my-ops/target/my-ops-1.0.jar"))
        .containsPattern("verdict +PASS");
  }

  /** But for its name and the models that its second test uses, the example is such a project. */
  private static String examplePom() throws IOException {
    String pom = Files.readString(Workplace.root().resolve("examples/op-plugin/pom.xml"));
    return pom.replace("<groupId>com.acme</groupId>", "<groupId>org.example</groupId>")
        .replace("<artifactId>acme-ops</artifactId>", "<artifactId>my-ops</artifactId>")
        .replaceFirst("(?s)    <dependency>\\s+<!-- Nets.*?</dependency>\n", "");
  }

  @Test
  void aWrongRuleFailsItsBuild() throws Exception {
    generate();
    String right = Files.readString(place.folder().resolve(OP));
    assertThat(right).containsOnlyOnce("sigmoid.plus(");
    place.write(OP, right.replace("sigmoid.plus(", "sigmoid.minus("));
    Workplace.Outcome outcome = place.run("mvn -f examples/my-ops verify");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.out())
        .contains(
            "The op 'example:gate' breaks its contract",
            "'gradients agree with finite differences'",
            "replay: mvn test -Dtest=GateTest",
            "BUILD FAILURE");
  }
}
