package io.deltagraph.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for what does not fit in memory, in the folder for temporary files. It is for this process
 * alone and gone with it; what is read of it stays in memory for as long as there is room.
 */
final class Scratch {
  private final String source;
  private final FileChannel file;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 15).order(ByteOrder.nativeOrder());
  private MemorySegment mapped = MemorySegment.NULL;
  private long size;

  /**
   * An empty one.
   *
   * @param source the table that it is for, in errors
   */
  Scratch(String source) {
    this.source = source;
    try {
      Path path = Files.createTempFile("deltagraph-columns", ".tmp");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes bytes, and returns where they begin. */
  long write(byte[] values) {
    buffer(values.length).put(values);
    return write(values.length);
  }

  /** Writes numbers in the machine's own order, and returns where they begin. */
  long write(int[] values) {
    int bytes = values.length * Integer.BYTES;
    buffer(bytes).asIntBuffer().put(values);
    return write(bytes);
  }

  /** Writes numbers in the machine's own order, and returns where they begin. */
  long write(double[] values) {
    int bytes = values.length * Double.BYTES;
    buffer(bytes).asDoubleBuffer().put(values);
    return write(bytes);
  }

  private ByteBuffer buffer(int bytes) {
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    return buffer.clear().limit(bytes);
  }

  private long write(int bytes) {
    long start = size;
    buffer.clear().limit(bytes);
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer, start + buffer.position());
      }
    } catch (IOException e) {
      throw failed(e);
    }
    size += bytes;
    return start;
  }

  /** All that was written. */
  MemorySegment all() {
    if (mapped.byteSize() < size) {
      try {
        mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
      } catch (IOException e) {
        throw failed(e);
      }
    }
    return mapped;
  }

  private InputException failed(IOException e) {
    return new InputException(
        source,
        "columns that cannot be kept on disk (" + CsvSource.reason(e) + ")",
        "room for 8 bytes a cell in the folder " + System.getProperty("java.io.tmpdir"),
        "make room there, or name another folder to Java by -Djava.io.tmpdir=FOLDER");
  }
}
