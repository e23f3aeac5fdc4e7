package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder;

  private static void write(Path file, String text) throws IOException {
    try (OutputFile output = OutputFile.open(file)) {
      output.write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("A file is replaced when the new one is whole, and nothing stays beside it")
  void replaces() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "old");
    Path users = Files.writeString(folder.resolve("a.csv.tmp"), "the user's own");
    try (OutputFile output = OutputFile.open(file)) {
      assertThat(file).hasContent("old");
      assertThatThrownBy(() ->
              output.write(out -> {
                out.write('n');
                throw new IOException("No space left on device");
              }))
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("It cannot be written: No space left on device.\n")
          .hasMessageContaining("file    " + file);
    }
    assertThat(file).hasContent("old");
    write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(users).hasContent("the user's own");
    assertThat(names()).containsExactly("a.csv", "a.csv.tmp");
    write(folder.resolve("deeper/still/b"), "made");
    assertThat(folder.resolve("deeper/still/b")).hasContent("made");
  }

  @Test
  @DisplayName("Opening without writing changes nothing")
  void opensOnly() throws IOException {
    Path file = folder.resolve("a");
    OutputFile.open(file).close();
    assertThat(names()).isEmpty();
    Files.writeString(file, "old");
    OutputFile.open(file).close();
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a");
  }

  @Test
  @DisplayName("What stands in the way is said before anything is written")
  void refuses() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> OutputFile.open(file.resolve("a")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("It cannot be written: ");
    assertThatThrownBy(() -> OutputFile.open(folder))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("it is a folder");
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("second"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    assertThatThrownBy(() -> OutputFile.open(first))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("its links lead in a circle");
    assertThat(file).hasContent("in the way");
  }

  @Test
  @DisplayName("Links stay: what they lead to is replaced, or made")
  void followsLinks() throws IOException {
    Path far = Files.createDirectory(folder.resolve("far"));
    Path target = Files.writeString(far.resolve("target"), "old");
    Files.createSymbolicLink(folder.resolve("near"), Path.of("far/target"));
    Path twice = Files.createSymbolicLink(folder.resolve("twice"), folder.resolve("near"));
    write(twice, "new");
    assertThat(target).hasContent("new");
    assertThat(twice).isSymbolicLink();
    assertThat(folder.resolve("near")).isSymbolicLink();
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("far/none"));
    write(dangling, "made");
    assertThat(far.resolve("none")).hasContent("made");
    assertThat(dangling).isSymbolicLink();
  }

  @Test
  @DisplayName("Devices and pipes are written straight into")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has neither")
  void writesIntoDevicesAndPipes() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(() -> {
          try {
            return Files.readString(pipe);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    write(pipe, "through");
    assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("through");
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(names()).containsExactly("pipe");
    write(Path.of("/dev/null"), "gone");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Path link = Files.createSymbolicLink(folder.resolve("link"), full);
    for (Path path : List.of(full, link)) {
      assertThatThrownBy(() -> write(path, "no room"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("It cannot be written: No space left on device.\n");
    }
    assertThat(Files.isRegularFile(full)).isFalse();
    assertThat(link).isSymbolicLink();
    Files.delete(link);
  }

  @Test
  @DisplayName("Two writers of one file do not meet")
  void twoWriters() throws IOException {
    Path file = folder.resolve("a");
    try (OutputFile first = OutputFile.open(file);
        OutputFile second = OutputFile.open(file)) {
      first.write(out -> out.write('1'));
      second.write(out -> out.write('2'));
    }
    assertThat(file).hasContent("2");
    assertThat(names()).containsExactly("a");
  }
}
