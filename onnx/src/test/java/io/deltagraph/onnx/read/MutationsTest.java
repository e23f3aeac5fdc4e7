package io.deltagraph.onnx.read;

import static io.deltagraph.onnx.read.Made.floats;
import static io.deltagraph.onnx.read.Made.graph;
import static io.deltagraph.onnx.read.Made.integer;
import static io.deltagraph.onnx.read.Made.longs;
import static io.deltagraph.onnx.read.Made.model;
import static io.deltagraph.onnx.read.Made.node;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.registry.OpRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files with a few bytes changed: read, or refused by the reader's own exception and no other. */
class MutationsTest {
  private static final OnnxImport READER = OnnxImport.with(OpRegistry.load());
  private static final int FILES = 5_000;

  /** Set this to the number of a file to read that one alone. */
  private static final String ALONE = "deltagraph.onnx.mutation";

  private static final List<byte[]> WHOLE =
      List.of(
          bytes(node("Gemm", "y", "x", "w").addAttribute(integer("transB", 1))),
          bytes(node("Reshape", "y", "x", "n")),
          bytes(node("Pad", "y", "x", "n")),
          bytes(node("Slice", "y", "x", "n", "n", "n")),
          bytes(node("Einsum", "y", "x", "w").addAttribute(Made.text("equation", "ij,kj->ik"))),
          bytes(node("TopK", "y", "x", "n").addOutput("z")),
          bytes(node("LayerNormalization", "y", "x", "w").addAttribute(integer("axis", -1))));

  private static byte[] bytes(NodeProto.Builder node) {
    return model(
            graph(node)
                .addInitializer(floats("w", List.of(2L, 3L), 1f, 2f, 3f, 4f, 5f, 6f))
                .addInitializer(longs("n", 0L, 3L)))
        .build()
        .toByteArray();
  }

  @Test
  void onlyItsOwnExceptionComesOut() {
    Integer alone = Integer.getInteger(ALONE);
    int read = 0;
    for (int file = 0; file < FILES; file++) {
      if (alone == null || alone == file) {
        read += read(file);
      }
    }
    assertThat(read).isGreaterThan(alone == null ? FILES / 100 : -1).isLessThan(FILES);
  }

  private static int read(int file) {
    Random random = new Random(file);
    byte[] bytes = WHOLE.get(random.nextInt(WHOLE.size()));
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes = changed(bytes, random);
    }
    try {
      READER.read("changed", bytes);
      return 1;
    } catch (OnnxException refused) {
      return 0;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("mvn -pl onnx test -D%s=%d".formatted(ALONE, file), e);
    }
  }

  private static byte[] changed(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] after = Arrays.copyOfRange(bytes, at, bytes.length);
    byte[] some = {(byte) random.nextInt(256)};
    return switch (random.nextInt(6)) {
      case 0 -> Bytes.concat(before, some, after);
      case 1 -> Bytes.concat(before, Arrays.copyOfRange(after, 1, after.length));
      default -> Bytes.concat(before, some, Arrays.copyOfRange(after, 1, after.length));
    };
  }
}
