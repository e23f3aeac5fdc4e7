package io.deltagraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a project folder of its own, with a JDK and a Maven that only tell how
 * they were called.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has a script of its own")
class LauncherTest {
  /** Prints its arguments, one a line; ends with the number that follows {@code exit}. */
  private static final String JAVA =
      """
      #!/bin/sh
      case $1 in -XX:AOTCacheOutput=*) : >"${1#*=}"; exit 0 ;; esac
      printf '<%s>\\n' "$@"
      while [ $# -gt 0 ]; do
        [ "$1" = exit ] && exit "$2"
        shift
      done
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo building
      echo "$JAVA25_HOME" "$@" >>"$MAVEN_LOG"
      exit "${MAVEN_EXIT:-0}"
      """;

  private record Outcome(int exitCode, String out, String err) {}

  @TempDir private Path temporary;

  private Path project;
  private Path jdk;
  private Path tools;

  @BeforeEach
  void layOut() throws IOException {
    project = Files.createDirectories(temporary.resolve("a project"));
    Files.copy(script(), project.resolve("deltagraph"));
    assertThat(project.resolve("deltagraph")).isExecutable();
    write(project.resolve("pom.xml"), "<project/>");
    write(project.resolve("cli/pom.xml"), "<project/>");
    write(project.resolve("engine/src/main/java/A.java"), "class A {}");
    jdk = jdk("25.0.1");
    tools = Files.createDirectories(temporary.resolve("tools"));
    executable(tools.resolve("mvn"), MAVEN);
    for (String name :
        List.of(
            "basename",
            "cat",
            "dirname",
            "find",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep")) {
      executable(tools.resolve(name), "#!/bin/sh\nexec " + tool(name) + " \"$@\"\n");
    }
  }

  @Test
  void firstUseBuildsAndSaysSo() throws Exception {
    Outcome first = launch("train", "digits");
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).startsWith("deltagraph: building on first use").contains("building\n");
    assertThat(first.out())
        .doesNotContain("building")
        .endsWith("<--module>\n<io.deltagraph.cli/io.deltagraph.cli.Main>\n<train>\n<digits>\n")
        .contains("<--module-path>\n<" + project.toRealPath().resolve("cli/target/dist") + ">\n");
    assertThat(mavenLog()).hasSize(1);
    assertThat(mavenLog().getFirst())
        .startsWith(jdk.toString())
        .contains("-pl cli -am")
        .endsWith(" package");
  }

  @Test
  void laterUsesDoNotBuild() throws Exception {
    launch();
    Outcome second = launch();
    assertThat(second.err()).isEmpty();
    assertThat(mavenLog()).hasSize(1);
  }

  /** Beside the jars, and with no project around them, there is nothing to build. */
  @Test
  void aDownloadIsNotBuilt() throws Exception {
    Path unzipped = Files.createDirectories(temporary.resolve("un zipped"));
    Files.copy(script(), unzipped.resolve("deltagraph"));
    Files.createDirectory(unzipped.resolve("lib"));
    Outcome outcome = launch(unzipped.resolve("deltagraph"), ImmutableMap.of(), "ops");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("<--module-path>\n<" + unzipped.toRealPath().resolve("lib") + ">\n");
    assertThat(temporary.resolve("maven.log")).doesNotExist();
  }

  @Test
  void aNewerSourceIsBuilt() throws Exception {
    launch();
    Path source = project.resolve("engine/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(launch().err()).startsWith("deltagraph: the sources have changed");
    assertThat(mavenLog()).hasSize(2);
  }

  @Test
  void argumentsAndTheExitCodePassThrough() throws Exception {
    Outcome outcome = launch("two words", "", "*", "exit", "1");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).endsWith("<two words>\n<>\n<*>\n<exit>\n<1>\n");
  }

  @Test
  void symbolicLinksFromElsewhereLeadToTheProject() throws Exception {
    Path direct =
        Files.createSymbolicLink(temporary.resolve("direct"), project.resolve("deltagraph"));
    Path relative = Files.createSymbolicLink(temporary.resolve("relative"), direct.getFileName());
    Outcome outcome = launch(relative, ImmutableMap.of(), "ops");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(project.toRealPath().resolve("cli/target/dist").toString());
  }

  @Test
  void anOlderJdkThatOneAskedForIsRefused() throws Exception {
    Path old = jdk("17.0.15");
    Outcome outcome = launch(script(), ImmutableMap.of("DELTAGRAPH_JAVA_HOME", old.toString()));
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "deltagraph: DELTAGRAPH_JAVA_HOME is " + old + ", which is no JDK 25 or newer.\n"));
  }

  @Test
  void anOlderJavaHomeIsPassedOver() throws Exception {
    Outcome outcome =
        launch(
            project.resolve("deltagraph"),
            ImmutableMap.of(
                "DELTAGRAPH_JAVA_HOME", "",
                "JAVA_HOME", jdk("21").toString(),
                "JAVA25_HOME", jdk.toString()));
    assertThat(outcome.exitCode()).isZero();
    assertThat(mavenLog().getFirst()).startsWith(jdk.toString());
  }

  @Test
  void withoutMavenOneSentenceSaysSo() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Outcome outcome = launch();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "deltagraph: the project has to be built and no Maven was found; install Maven 3.8 or"
                + " newer, so that 'mvn' is on the PATH.\n");
  }

  @Test
  void aFailedBuildIsReportedAndTriedAgain() throws Exception {
    ImmutableMap<String, String> failing = ImmutableMap.of("MAVEN_EXIT", "1");
    for (int attempt = 1; attempt <= 2; attempt++) {
      Outcome outcome = launch(project.resolve("deltagraph"), failing);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).endsWith("deltagraph: the build failed; its messages are above.\n");
      assertThat(mavenLog()).hasSize(attempt);
    }
    assertThat(launch().exitCode()).isZero();
  }

  @Test
  void theLockOfAKilledBuildIsTakenOver() throws Exception {
    Process ended = new ProcessBuilder("sh", "-c", "exit 0").start();
    ended.waitFor();
    write(project.resolve("cli/target/building/owner"), ended.pid() + "\n");
    assertThat(launch().exitCode()).isZero();
    assertThat(project.resolve("cli/target/building")).doesNotExist();
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    return launch(project.resolve("deltagraph"), ImmutableMap.of(), arguments);
  }

  private Outcome launch(Path script, ImmutableMap<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            ImmutableList.<String>builder().add(script.toString()).add(arguments).build());
    builder.directory(temporary.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", temporary.toString());
    builder.environment().put("DELTAGRAPH_JAVA_HOME", jdk.toString());
    builder.environment().put("MAVEN_LOG", temporary.resolve("maven.log").toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private List<String> mavenLog() throws IOException {
    return Files.readAllLines(temporary.resolve("maven.log"));
  }

  private Path jdk(String version) throws IOException {
    Path home = temporary.resolve("jdk " + version);
    write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/java"), JAVA);
    return home;
  }

  private static Path script() {
    Path folder = Path.of("").toAbsolutePath();
    Path script = folder.resolveSibling("deltagraph");
    return Files.isRegularFile(script) ? script : folder.resolve("deltagraph");
  }

  private static Path tool(String name) {
    return List.of("/bin", "/usr/bin").stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
  }
}
