package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows in a file of its own, one after another with all their numbers, to train on more of them
 * than fit in memory. The file is for this process alone, and gone when it is closed or the process
 * has ended, however it ends. Not for use by several threads at once.
 */
public final class RowFile implements StoredRows, AutoCloseable {
  private static final int AT_A_TIME = 1 << 16;

  private final FileChannel file;
  private final TreeMap<String, TensorType> types = new TreeMap<>();
  private ByteBuffer buffer = ByteBuffer.allocateDirect(AT_A_TIME);
  private int rowBytes;
  private int count;

  private RowFile(Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "deltagraph-rows", ".tmp");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * Writes rows.
   *
   * @param folder where the file is to be, on a disk with room for all of them
   * @param parts rows in their order, as many at a time as fit in memory, all of the same tensors;
   *     whole numbers up to 2⁵³ are kept exactly
   * @throws IllegalArgumentException for no rows at all, or for parts of other tensors
   * @throws UncheckedIOException if the file cannot be written
   */
  public static RowFile write(Path folder, Iterator<Samples> parts) {
    RowFile rows = null;
    try {
      rows = new RowFile(folder);
      while (parts.hasNext()) {
        rows.add(parts.next());
      }
      Preconditions.checkArgument(rows.count > 0, "There are no rows to write.");
      RowFile done = rows;
      rows = null;
      return done;
    } catch (IOException e) {
      throw unusable("written in " + folder, e);
    } finally {
      if (rows != null) {
        rows.close();
      }
    }
  }

  private static UncheckedIOException unusable(String what, IOException e) {
    return new UncheckedIOException("The file of rows cannot be " + what + ": " + e, e);
  }

  private void add(Samples part) throws IOException {
    TreeMap<String, TensorType> given = new TreeMap<>();
    part.tensors().forEach((name, tensor) -> given.put(name, of(tensor.type(), 1)));
    if (types.isEmpty()) {
      types.putAll(given);
      rowBytes =
          types.values().stream()
              .mapToInt(type -> type.shape().elements() * type.dtype().bytes())
              .reduce(0, Math::addExact);
    }
    Preconditions.checkArgument(
        types.equals(given), "Rows before were of %s, and these are of %s.", types, given);
    int most = Math.max(1, AT_A_TIME / rowBytes);
    for (int from = 0; from < part.count(); from += most) {
      int to = Math.min(part.count(), from + most);
      ByteBuffer bytes = room(to - from);
      for (int row = from; row < to; row++) {
        for (Map.Entry<String, TensorType> type : types.entrySet()) {
          put(bytes, part.get(type.getKey()), row, type.getValue().shape().elements());
        }
      }
      bytes.flip();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
    count = Math.addExact(count, part.count());
  }

  private static void put(ByteBuffer bytes, Tensor tensor, int row, int width) {
    DType dtype = tensor.type().dtype();
    for (int i = row * width; i < (row + 1) * width; i++) {
      double value = tensor.get(i);
      switch (dtype) {
        case F64 -> bytes.putDouble(value);
        case F32 -> bytes.putFloat((float) value);
        case I64 -> bytes.putLong((long) value);
        case I32 -> bytes.putInt((int) value);
        case BOOL -> bytes.put((byte) value);
      }
    }
  }

  private static double get(ByteBuffer bytes, DType dtype) {
    return switch (dtype) {
      case F64 -> bytes.getDouble();
      case F32 -> bytes.getFloat();
      case I64 -> bytes.getLong();
      case I32 -> bytes.getInt();
      case BOOL -> bytes.get();
    };
  }

  private static TensorType of(TensorType type, int rows) {
    return type.with(type.shape().with(0, Dim.of(rows)));
  }

  private ByteBuffer room(int rows) {
    int needed = Math.multiplyExact(rows, rowBytes);
    if (buffer.capacity() < needed) {
      buffer = ByteBuffer.allocateDirect(needed);
    }
    return buffer.clear().limit(needed);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Samples rows(int from, int to) {
    Preconditions.checkPositionIndexes(from, to, count);
    ByteBuffer bytes = room(to - from);
    try {
      long at = (long) from * rowBytes;
      while (bytes.hasRemaining()) {
        if (file.read(bytes, at + bytes.position()) < 0) {
          throw new EOFException("it ends before row " + to);
        }
      }
    } catch (IOException e) {
      throw unusable("read", e);
    }
    bytes.flip();
    List<TensorType> all = types.values().stream().map(type -> of(type, to - from)).toList();
    List<Tensor> tensors = Tensor.written(all, writers -> take(bytes, writers, to - from));
    ImmutableMap.Builder<String, Tensor> named = ImmutableMap.builder();
    Iterator<Tensor> next = tensors.iterator();
    types.keySet().forEach(name -> named.put(name, next.next()));
    return new Samples(named.buildOrThrow());
  }

  private static void take(ByteBuffer bytes, List<? extends TensorWriter> writers, int rows) {
    for (int row = 0; row < rows; row++) {
      for (TensorWriter writer : writers) {
        DType dtype = writer.type().dtype();
        int width = writer.type().shape().elements() / rows;
        for (int i = row * width; i < (row + 1) * width; i++) {
          writer.set(i, get(bytes, dtype));
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw unusable("closed", e);
    }
  }
}
