package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is told to end while it writes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
class EndingTest {
  private static final int LENGTH = 1 << 21;

  @TempDir private Path folder;

  /** Writes again and again, until it is stopped. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      Graph graph = graph();
      Tensor weights = Tensor.generate(TensorType.of(DType.F64, LENGTH), i -> i);
      byte[] csv = new byte[1 << 24];
      if (arguments[1].equals("hook")) {
        Thread hook =
            new Thread(() -> {
              try {
                ModelFiles.save(folder.resolve("m"), graph, Map.of("w", weights), Map.of());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
        Runtime.getRuntime().addShutdownHook(hook);
        return;
      }
      for (int i = 0; ; i++) {
        if (arguments[1].equals("model")) {
          ModelFiles.save(folder.resolve("m"), graph, Map.of("w", weights), Map.of("i", "" + i));
        } else {
          try (OutputFile file = OutputFile.open(folder.resolve("m.csv"))) {
            file.write(out -> out.write(csv));
          }
        }
      }
    }

    private static Graph graph() {
      GraphBuilder builder = new GraphBuilder(FileSamples.ops());
      Value w = builder.parameter("w", TensorType.of(DType.F64, LENGTH));
      return builder.graph(Map.of("y", w));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Process start(String what) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                + File.pathSeparator,
            Writer.class.getName(),
            folder.toString(),
            what)
        .redirectErrorStream(true)
        .start();
  }

  private void interrupt(String what, int attempt) throws Exception {
    Process process = start(what);
    try {
      Path first = folder.resolve(what.equals("model") ? "m.json" : "m.csv");
      Files.deleteIfExists(first);
      for (int i = 0; i < 600 && process.isAlive() && !Files.exists(first); i++) {
        Thread.sleep(50);
      }
      Thread.sleep(37L * attempt);
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "csv"})
  @DisplayName("Ctrl-C leaves a whole file and nothing half written, at whatever moment it comes")
  void leavesNothingHalf(String what) throws Exception {
    for (int attempt = 0; attempt < 4; attempt++) {
      interrupt(what, attempt);
      if (what.equals("model")) {
        assertThat(names()).containsExactly("m.json", "m.safetensors");
        assertThat(ModelFiles.load(folder.resolve("m"), FileSamples.ops()).parameters())
            .containsOnlyKeys("w");
      } else {
        assertThat(names()).containsExactly("m.csv");
        assertThat(folder.resolve("m.csv")).hasSize(1 << 24);
      }
    }
  }

  @Test
  @DisplayName("A program may save in a hook of its own")
  void savesInAHook() throws Exception {
    Process process = start("hook");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(names()).containsExactly("m.json", "m.safetensors");
  }

  @Test
  @DisplayName("What is no longer open is not looked after")
  void closes() throws IOException {
    int[] cleared = {0};
    try (Ending ending = new Ending(() -> cleared[0]++, () -> {})) {
      ending.during(() -> assertThat(cleared[0]).isZero());
    }
    assertThat(cleared[0]).isEqualTo(1);
  }
}
