package io.deltagraph.data;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Files of one array, as MNIST and its successors are given away: two zero bytes, a byte for the
 * kind of numbers and one for the number of axes, the length of each axis in four bytes, then the
 * numbers, row by row, the first byte being the highest. A file may be packed by gzip, which its
 * first bytes show.
 *
 * @see <a href="https://yann.lecun.org/exdb/mnist/">The IDX file format</a>
 */
public final class IdxFile {
  private static final int UNPACKED_MOST = 1032; // what deflate makes of a byte at the very most
  private static final int MOST_AXES = 8;
  private static final int BLOCK = 1 << 16;

  /** The kinds of numbers that a file may hold. */
  private enum Kind {
    UNSIGNED_BYTE(0x08, 1),
    SIGNED_BYTE(0x09, 1),
    SHORT(0x0B, 2),
    INT(0x0C, 4),
    FLOAT(0x0D, 4),
    DOUBLE(0x0E, 8);

    private final int code;
    private final int bytes;

    Kind(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    double next(ByteBuffer from) {
      return switch (this) {
        case UNSIGNED_BYTE -> from.get() & 0xFF;
        case SIGNED_BYTE -> from.get();
        case SHORT -> from.getShort();
        case INT -> from.getInt();
        case FLOAT -> from.getFloat();
        case DOUBLE -> from.getDouble();
      };
    }

    boolean isWhole() {
      return this != FLOAT && this != DOUBLE;
    }
  }

  private final String source;
  private final long size;
  private final boolean packed;
  private final DataInputStream in;

  private IdxFile(String source, long size, boolean packed, InputStream in) {
    this.source = source;
    this.size = size;
    this.packed = packed;
    this.in = new DataInputStream(in);
  }

  /**
   * Reads a file.
   *
   * @param dtype of the tensor: f32 or f64, or i32 for whole numbers, such as classes
   * @return the array, with the axes of the file
   * @throws InputException for a file that is damaged, or that needs more memory than Java has
   *     left; no memory is taken before that is known
   * @throws IOException if it cannot be read
   */
  public static Tensor read(Path file, DType dtype) throws IOException {
    if (dtype != DType.F32 && dtype != DType.F64 && dtype != DType.I32) {
      throw new IllegalArgumentException("Arrays become f32, f64 or i32, got " + dtype + ".");
    }
    String source = file.toString();
    try (InputStream plain = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
      plain.mark(2);
      boolean packed = plain.read() == 0x1F && plain.read() == 0x8B;
      plain.reset();
      InputStream in = packed ? new GZIPInputStream(plain, BLOCK) : plain;
      return new IdxFile(source, Files.size(file), packed, in).read(dtype);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw DataErrors.notFound(file);
    } catch (EOFException e) {
      throw damaged(source, "an array that ends before its last number", "a whole file");
    } catch (ZipException e) {
      throw damaged(source, "gzip that cannot be unpacked", "a whole file");
    }
  }

  private Tensor read(DType dtype) throws IOException {
    int zero = in.readUnsignedShort();
    int code = in.readUnsignedByte();
    int axes = in.readUnsignedByte();
    Kind kind = Arrays.stream(Kind.values()).filter(k -> k.code == code).findFirst().orElse(null);
    if (zero != 0 || kind == null || axes == 0 || axes > MOST_AXES) {
      throw damaged(
          source,
          "the first bytes %04x %02x %02x".formatted(zero, code, axes),
          "those of an IDX file, 0000, a kind of numbers from 08 to 0e, and 1 to 8 axes");
    }
    if (dtype == DType.I32 && !kind.isWhole()) {
      throw new InputException(
          source, "fractions", "whole numbers, as i32 holds", "read them as f32 or f64");
    }
    int[] sizes = new int[axes];
    long count = 1;
    for (int axis = 0; axis < axes; axis++) {
      sizes[axis] = in.readInt();
      if (sizes[axis] < 0 || (count *= sizes[axis]) > Integer.MAX_VALUE) {
        throw damaged(source, "axes of " + words(sizes, axis + 1), "at most 2147483647 numbers");
      }
    }
    long body = count * kind.bytes;
    long header = Integer.BYTES * (1L + axes);
    if (body > (packed ? size * UNPACKED_MOST : size - header)) {
      throw damaged(
          source,
          "axes of " + words(sizes, axes) + " in a file of " + size + " bytes",
          "as many numbers as the axes say");
    }
    int width = dtype == DType.F64 ? Double.BYTES : Float.BYTES;
    if (!Heap.has(count * width)) {
      throw DataErrors.tooLarge(
          source, sizes[0], (int) (count / Math.max(1, sizes[0])), count * width, Heap.free());
    }
    int numbers = (int) count;
    byte[] block = new byte[BLOCK];
    @Nullable IOException[] failed = new IOException[1];
    Tensor tensor =
        Tensor.written(
            new TensorType(dtype, Shape.of(sizes)),
            writer -> failed[0] = fill(writer, kind, numbers, block));
    if (failed[0] != null) {
      throw failed[0];
    }
    if (in.read() >= 0) {
      throw damaged(
          source, "more bytes than the axes of " + words(sizes, axes) + " say", "no more");
    }
    return tensor;
  }

  /** Writes all numbers; returns why it could not, if so. */
  private @Nullable IOException fill(TensorWriter into, Kind kind, int numbers, byte[] block) {
    int next = 0;
    try {
      while (next < numbers) {
        int count = Math.min(numbers - next, block.length / kind.bytes);
        in.readFully(block, 0, count * kind.bytes);
        ByteBuffer bytes = ByteBuffer.wrap(block);
        for (int end = next + count; next < end; next++) {
          into.set(next, kind.next(bytes));
        }
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static String words(int[] sizes, int count) {
    return Arrays.stream(sizes)
        .limit(count)
        .mapToObj(Integer::toUnsignedString)
        .collect(Collectors.joining(" × "));
  }

  private static InputException damaged(String source, String found, String expected) {
    return new InputException(source, found, expected, "fetch or write the file again");
  }
}
