package io.deltagraph.tensor;

import com.google.common.primitives.Floats;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** An immutable value of a fixed type, stored row-major. */
public final class Tensor implements TensorReader {
  private final TensorType type;
  private final TensorBuffer buffer;

  private Tensor(TensorType type, TensorBuffer buffer) {
    if (!type.shape().isFixed()) {
      throw new IllegalArgumentException("A tensor needs known sizes, got " + type + ".");
    }
    if (buffer.dtype() != type.dtype() || buffer.length() != type.shape().elements()) {
      throw new IllegalArgumentException(
          "A tensor of type "
              + type
              + " holds "
              + type.shape().elements()
              + " "
              + type.dtype()
              + " elements, got "
              + buffer.length()
              + " of "
              + buffer.dtype()
              + ".");
    }
    this.type = type;
    this.buffer = buffer;
  }

  /**
   * A copy of a buffer's first elements, as many as the type holds, bit for bit.
   *
   * @throws IllegalArgumentException if the buffer has another dtype or fewer elements
   */
  public static Tensor copyOf(TensorType type, TensorBuffer buffer) {
    int count = Math.min(type.shape().elements(), buffer.length());
    TensorBuffer copy = TensorBuffer.allocate(buffer.dtype(), count);
    copy.copyFrom(buffer, 0, 0, count);
    return new Tensor(type, copy);
  }

  /** A tensor whose elements are a function of their row-major position. */
  public static Tensor generate(TensorType type, IntToDoubleFunction element) {
    TensorBuffer buffer = TensorBuffer.allocate(type.dtype(), type.shape().elements());
    for (int i = 0; i < buffer.length(); i++) {
      buffer.set(i, element.applyAsDouble(i));
    }
    return new Tensor(type, buffer);
  }

  /**
   * A tensor whose elements {@code fill} writes, in any order; those that it does not are 0. What
   * it writes to is of no use afterwards.
   */
  public static Tensor written(TensorType type, Consumer<TensorWriter> fill) {
    return written(List.of(type), all -> fill.accept(all.getFirst())).getFirst();
  }

  /** Several tensors that {@code fill} writes at once. */
  public static List<Tensor> written(
      List<TensorType> types, Consumer<? super List<TensorWriter>> fill) {
    List<Writing> writing = types.stream().map(Writing::new).toList();
    fill.accept(List.copyOf(writing));
    return writing.stream().map(Writing::end).toList();
  }

  private static final class Writing implements TensorWriter {
    private final TensorType type;
    private @Nullable TensorBuffer buffer;

    Writing(TensorType type) {
      this.type = type;
      this.buffer = TensorBuffer.allocate(type.dtype(), type.shape().elements());
    }

    private TensorBuffer buffer() {
      if (buffer == null) {
        throw new IllegalStateException(
            "This tensor is finished; nothing can be written any more.");
      }
      return buffer;
    }

    Tensor end() {
      Tensor tensor = new Tensor(type, buffer());
      buffer = null;
      return tensor;
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public double get(int index) {
      return buffer().get(index);
    }

    @Override
    public void set(int index, double value) {
      buffer().set(index, value);
    }
  }

  /** A tensor of any type from doubles in row-major order. */
  public static Tensor of(TensorType type, double... elements) {
    if (elements.length != type.shape().elements()) {
      throw new IllegalArgumentException(
          "A tensor of type "
              + type
              + " holds "
              + type.shape().elements()
              + " elements, got "
              + elements.length
              + ".");
    }
    return generate(type, i -> elements[i]);
  }

  /** A double precision scalar. */
  public static Tensor scalar(double value) {
    return filled(TensorType.scalar(DType.F64), value);
  }

  /** A double precision vector. */
  public static Tensor vector(double... elements) {
    return of(TensorType.of(DType.F64, elements.length), elements);
  }

  /** A double precision matrix; its rows have equal lengths. */
  public static Tensor matrix(double[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    for (double[] row : rows) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "The rows of a matrix have equal lengths, got " + columns + " and " + row.length + ".");
      }
    }
    return generate(
        TensorType.of(DType.F64, rows.length, columns), i -> rows[i / columns][i % columns]);
  }

  /** A vector of 32-bit class indices. */
  public static Tensor indices(int... elements) {
    return new Tensor(
        TensorType.of(DType.I32, elements.length), new TensorBuffer.I32(elements.clone()));
  }

  /** A tensor of 64-bit whole numbers, exactly; a vector until it is reshaped. */
  public static Tensor longs(long... elements) {
    return new Tensor(
        TensorType.of(DType.I64, elements.length), new TensorBuffer.I64(elements.clone()));
  }

  /** A single precision vector. */
  public static Tensor floats(float... elements) {
    return new Tensor(
        TensorType.of(DType.F32, elements.length), new TensorBuffer.F32(elements.clone()));
  }

  /** A single precision matrix; its rows have equal lengths. */
  public static Tensor floats(float[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] all = Floats.concat(rows);
    for (float[] row : rows) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "The rows of a matrix have equal lengths, got " + columns + " and " + row.length + ".");
      }
    }
    return floats(all).reshape(rows.length, columns);
  }

  /** A tensor with one value everywhere. */
  public static Tensor filled(TensorType type, double value) {
    return generate(type, i -> value);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(TensorType type) {
    return new Tensor(type, TensorBuffer.allocate(type.dtype(), type.shape().elements()));
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public double get(int index) {
    return buffer.get(index);
  }

  /**
   * The element at a row-major position exactly: a whole number of 64 bits itself, any other as the
   * bits of a double.
   */
  public long bits(int index) {
    return buffer.bits(index);
  }

  /** The element at one position per dimension. */
  public double at(int... position) {
    int[] sizes = type.shape().sizes();
    if (position.length != sizes.length) {
      throw new IllegalArgumentException(
          "A position in "
              + type
              + " has "
              + sizes.length
              + " numbers, got "
              + position.length
              + ".");
    }
    int flat = 0;
    for (int i = 0; i < sizes.length; i++) {
      flat = flat * sizes[i] + Objects.checkIndex(position[i], sizes[i]);
    }
    return buffer.get(flat);
  }

  /** The one element of a tensor that has just one. */
  public double item() {
    if (length() != 1) {
      throw new IllegalStateException("A tensor of type " + type + " has no single element.");
    }
    return buffer.get(0);
  }

  /** The elements as doubles, row-major; a copy. */
  public double[] toDoubles() {
    double[] copy = new double[length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = buffer.get(i);
    }
    return copy;
  }

  /** The rows of a matrix as doubles; a copy. */
  public double[][] toRows() {
    int rows = size(0);
    int columns = type.rank() == 2 ? size(1) : type.shape().slice(1, type.rank()).elements();
    double[] all = toDoubles();
    double[][] result = new double[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = Arrays.copyOfRange(all, i * columns, (i + 1) * columns);
    }
    return result;
  }

  /** The same elements converted to another type. */
  public Tensor cast(DType dtype) {
    return dtype == type.dtype() ? this : generate(type.with(dtype), buffer::get);
  }

  /** The same elements under another shape with as many elements. */
  public Tensor reshape(int... sizes) {
    return new Tensor(type.with(Shape.of(sizes)), buffer);
  }

  /** Rows {@code from} up to but not including {@code to} of the first dimension. */
  public Tensor rows(int from, int to) {
    Tensor part = zeros(ofRows(to - from));
    part.buffer.copyFrom(buffer, from * width(), 0, part.length());
    return part;
  }

  /** The rows with those numbers, in that order. */
  public Tensor rows(int[] numbers) {
    Tensor part = zeros(ofRows(numbers.length));
    copyRowsInto(part.buffer, numbers, 0, numbers.length);
    return part;
  }

  private TensorType ofRows(int count) {
    int[] sizes = type.shape().sizes();
    sizes[0] = count;
    return type.with(Shape.of(sizes));
  }

  /** The number of elements of a row. */
  private int width() {
    return length() / Math.max(1, size(0));
  }

  /** Copies the elements into a buffer of the same type, from its start. */
  public void copyInto(TensorBuffer target) {
    target.copyFrom(buffer, 0, 0, length());
  }

  /**
   * Copies rows, one after another, into a buffer of the same type, from its start.
   *
   * @param rows their numbers
   * @param from the first of the numbers that count
   * @param count how many of them do
   */
  public void copyRowsInto(TensorBuffer target, int[] rows, int from, int count) {
    int width = width();
    for (int i = 0; i < count; i++) {
      target.copyFrom(buffer, rows[from + i] * width, i * width, width);
    }
  }

  /**
   * Binds the names in {@code declared} to this tensor's sizes, if its type fits; returns whether
   * it does.
   */
  public boolean bind(TensorType declared, Map<String, Integer> sizes) {
    if (declared.dtype() != type.dtype() || declared.rank() != type.rank()) {
      return false;
    }
    for (int i = 0; i < type.rank(); i++) {
      int size = size(i);
      boolean fits =
          switch (declared.shape().dim(i)) {
            case Dim.Fixed fixed -> fixed.size() == size;
            case Dim.Named named -> {
              Integer earlier = sizes.putIfAbsent(named.name(), size);
              yield earlier == null || earlier == size;
            }
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** Whether type and elements are equal bit for bit (NaN equals NaN, 0 differs from −0). */
  public boolean bitEquals(Tensor other) {
    if (!type.equals(other.type)) {
      return false;
    }
    for (int i = 0; i < length(); i++) {
      if (bits(i) != other.bits(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    int shown = Math.min(length(), 8);
    StringBuilder text = new StringBuilder(type.toString()).append(" {");
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(get(i));
    }
    return text.append(shown < length() ? ", ...}" : "}").toString();
  }
}
