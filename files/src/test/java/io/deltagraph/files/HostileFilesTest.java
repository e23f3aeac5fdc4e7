package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.registry.OpRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random damage to good files: a reader succeeds or throws its own checked error, nothing else. */
class HostileFilesTest {
  private static final String SEED = "deltagraph.seed";
  private static final int TRIALS = 4_000;
  private static final String[] WORDS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    ":",
    "-1",
    "0",
    "99999999999999999999",
    "1e999",
    "null",
    "true",
    "\\u0000",
    "\\ud800",
    "\"op\"",
    "\"type\"",
    "\"f64[N]\"",
    "\"f64[2147483647]\"",
    "\"inputs\"",
    "\"@class\"",
    "\"java.lang.Runtime\"",
    "[[[[[[[[",
    "\"einsum\"",
    "\"reshape\"",
    "\"shape\"",
    "\"broadcast_to\"",
    "\"attributes\"",
    "\"data_offsets\"",
    "\"F64\"",
    "\"BOOL\"",
    "\0",
    "\u00ff"
  };

  private final OpRegistry ops = FileSamples.ops();

  /** Reads one damaged file. */
  private interface Reading {
    void read(byte[] bytes) throws IOException;
  }

  @Test
  void damagedSafetensorsAreReadOrRefused() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    SafeTensors.write(whole, "memory", FileSamples.everyType(), Map.of("k", "v"));
    attack(
        whole.toByteArray(),
        bytes -> SafeTensors.read(new ByteArrayInputStream(bytes), bytes.length, "memory"));
  }

  @Test
  void damagedGraphsAreReadOrRefused() throws IOException {
    String json = GraphJson.write(FileSamples.step(new GraphBuilder(ops)));
    attack(
        json.getBytes(StandardCharsets.UTF_8),
        bytes -> GraphJson.read(new String(bytes, StandardCharsets.UTF_8), ops));
  }

  private static void attack(byte[] whole, Reading reading) {
    long first = Long.getLong(SEED, 20_261);
    long trials = System.getProperty(SEED) == null ? TRIALS : 1;
    int refused = 0;
    for (long seed = first; seed < first + trials; seed++) {
      byte[] bytes = damaged(whole, new SplittableRandom(seed));
      try {
        reading.read(bytes);
      } catch (ModelFileException e) {
        refused++;
        assertThat(e.getMessage()).contains("\n  file    ", "\n  do      ");
      } catch (IOException | RuntimeException | Error e) {
        throw new AssertionError(
            "Replay: mvn -pl files test -Dtest=HostileFilesTest -Dtest.flags=-D"
                + SEED
                + "="
                + seed,
            e);
      }
    }
    // Most damage is seen; what only changes a number or a name is not for a parser to see.
    assertThat(refused).isGreaterThan((int) (trials / 2));
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      int to = random.nextInt(at, Math.min(bytes.length, at + 40) + 1);
      byte[] head = Arrays.copyOf(bytes, at);
      byte[] tail = Arrays.copyOfRange(bytes, to, bytes.length);
      byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Bytes.concat(head, word, tail);
        case 3 -> bytes = Bytes.concat(head, tail);
        case 4 -> bytes = Bytes.concat(head, Arrays.copyOfRange(bytes, at, to), bytes);
        default -> bytes = head;
      }
    }
    return bytes;
  }
}
