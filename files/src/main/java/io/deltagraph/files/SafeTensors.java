package io.deltagraph.files;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in the safetensors format: eight bytes of header length, a JSON header with the
 * type, shape and byte range of each tensor, then the elements, little endian. Types are F64, F32,
 * I64, I32 and BOOL.
 */
public final class SafeTensors {
  private static final int CHUNK = 1 << 16;

  private SafeTensors() {}

  /** What a file holds, in the order of its bytes. */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {
    public Content {
      tensors = ImmutableMap.copyOf(tensors);
      metadata = ImmutableMap.copyOf(metadata);
    }
  }

  /**
   * Writes a file as {@link OutputFile} does, so that a failure leaves what was there before.
   *
   * @throws ModelFileException if it cannot be written, or a name or count is beyond what the
   *     format's reader takes
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws ModelFileException {
    try (OutputFile output = OutputFile.open(file)) {
      output.write(out -> write(out, file.toString(), tensors, metadata));
    }
  }

  /**
   * Reads a file; takes the memory of its tensors and little more.
   *
   * @throws ModelFileException if it cannot be read or breaks any rule of the format
   */
  public static Content read(Path file) throws ModelFileException {
    return Disk.read(file, (in, size) -> read(in, size, file.toString()));
  }

  static void write(
      OutputStream out, String file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    // Wide elements first, as the format's own writer does: every tensor is then aligned.
    List<Map.Entry<String, Tensor>> ordered =
        ImmutableList.sortedCopyOf(
            Comparator.comparingInt(entry -> -entry.getValue().type().dtype().bytes()),
            tensors.entrySet());
    byte[] header =
        SafeTensorsHeader.write(file, ordered, metadata).getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    for (Map.Entry<String, Tensor> entry : ordered) {
      write(out, entry.getValue());
    }
  }

  private static void write(OutputStream out, Tensor tensor) throws IOException {
    TensorBuffer buffer = TensorBuffer.allocate(tensor.type().dtype(), tensor.length());
    tensor.copyInto(buffer);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int width = tensor.type().dtype().bytes();
    for (int from = 0; from < buffer.length(); from += CHUNK / width) {
      int count = Math.min(CHUNK / width, buffer.length() - from);
      switch (buffer) {
        case TensorBuffer.F64 f64 -> bytes.asDoubleBuffer().put(f64.array(), from, count);
        case TensorBuffer.F32 f32 -> bytes.asFloatBuffer().put(f32.array(), from, count);
        case TensorBuffer.I64 i64 -> bytes.asLongBuffer().put(i64.array(), from, count);
        case TensorBuffer.I32 i32 -> bytes.asIntBuffer().put(i32.array(), from, count);
        case TensorBuffer.Bool bool -> {
          for (int i = 0; i < count; i++) {
            bytes.put(i, (byte) (bool.array()[from + i] ? 1 : 0));
          }
        }
      }
      out.write(bytes.array(), 0, count * width);
    }
  }

  /** Reads exactly {@code size} bytes. */
  static Content read(InputStream in, long size, String file) throws IOException {
    DataInputStream data = new DataInputStream(in);
    SafeTensorsHeader header = SafeTensorsHeader.read(data, size, file);
    ImmutableMap.Builder<String, Tensor> tensors = ImmutableMap.builder();
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      tensors.put(entry.name(), tensor(data, entry, file));
    }
    if (data.read() >= 0) {
      throw SafeTensorsHeader.refuse(file, "The file grew while it was read.", "");
    }
    return new Content(tensors.buildOrThrow(), header.metadata());
  }

  private static Tensor tensor(DataInputStream in, SafeTensorsHeader.Entry entry, String file)
      throws IOException {
    TensorType type = entry.type();
    DType dtype = type.dtype();
    TensorBuffer buffer = TensorBuffer.allocate(dtype, type.shape().elements());
    byte[] chunk = new byte[Math.min(CHUNK, buffer.length() * dtype.bytes())];
    ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < buffer.length(); from += CHUNK / dtype.bytes()) {
      int count = Math.min(CHUNK / dtype.bytes(), buffer.length() - from);
      in.readFully(chunk, 0, count * dtype.bytes());
      switch (buffer) {
        case TensorBuffer.F64 f64 -> bytes.asDoubleBuffer().get(f64.array(), from, count);
        case TensorBuffer.F32 f32 -> bytes.asFloatBuffer().get(f32.array(), from, count);
        case TensorBuffer.I64 i64 -> bytes.asLongBuffer().get(i64.array(), from, count);
        case TensorBuffer.I32 i32 -> bytes.asIntBuffer().get(i32.array(), from, count);
        case TensorBuffer.Bool bool -> {
          for (int i = 0; i < count; i++) {
            if (chunk[i] != 0 && chunk[i] != 1) {
              throw SafeTensorsHeader.refuse(
                  file,
                  "A truth value is 0 or 1, got " + chunk[i] + ".",
                  "element " + (from + i) + " of '" + Names.shown(entry.name()) + "'");
            }
            bool.array()[from + i] = chunk[i] == 1;
          }
        }
      }
    }
    return Tensor.copyOf(type, buffer);
  }
}
