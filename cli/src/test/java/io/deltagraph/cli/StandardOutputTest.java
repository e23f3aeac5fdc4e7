package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose standard output cannot be written. */
class StandardOutputTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train xor --epochs 2 --output m",
        "check xor",
        "predict m --data table.csv",
        "evaluate m --data table.csv",
        "ops",
        "graph xor",
        "plan xor",
        "bench W7 --quick",
        "ops --json",
        "train --help",
        "--version"
      })
  @DisplayName("A full disk is said, and ends every command with 2")
  void fullDisk(String line) throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Run.here("train", Samples.write(folder), "--output", folder.resolve("m"), "--epochs", 1);
    Path err = folder.resolve("err.txt");
    Process process = Run.start(folder, full, err, (Object[]) line.split(" "));
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(err)
          .content()
          .containsOnlyOnce(
              "deltagraph: standard output cannot be written: No space left on device. What was"
                  + " printed is not whole: free space, or redirect it elsewhere.\n")
          .doesNotContain("\tat ", "bug");
      assertThat(process.exitValue()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisplayName("A reader that has seen enough is no failure")
  void closedPipe() throws Exception {
    Path err = folder.resolve("err.txt");
    List<String> command = Run.command("ops");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    try {
      try (BufferedReader reader = process.inputReader()) {
        assertThat(reader.readLine()).startsWith("op ");
      }
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(err).isEmptyFile();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisplayName("Predictions go into a stream that was redirected to a file, after what is there")
  void appendsToAStream() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/fd")));
    Run.here("train", Samples.write(folder), "--output", folder.resolve("m"), "--epochs", 1);
    Path log = Files.writeString(folder.resolve("log.csv"), "what was there\n");
    Process process =
        new ProcessBuilder(
                Run.command("predict", "m", "--data", "table.csv", "--output", "/dev/stdout"))
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
    assertThat(log).content().startsWith("what was there\nkind\n").hasLineCount(42);
  }
}
