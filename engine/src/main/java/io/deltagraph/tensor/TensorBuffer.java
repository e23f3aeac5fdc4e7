package io.deltagraph.tensor;

import io.deltagraph.type.DType;

/**
 * A heap array of one element type, read and written as doubles; made without copying the array.
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer is its array: equal if it is the same one
public sealed interface TensorBuffer {

  /** The element type. */
  DType dtype();

  /** The number of elements. */
  int length();

  /** The element at {@code index} as a double. */
  double get(int index);

  /** The element at {@code index} exactly: equal numbers of one type are equal bits. */
  default long bits(int index) {
    return Double.doubleToRawLongBits(get(index));
  }

  /** Stores {@code value} at {@code index}, rounded to the element type. */
  void set(int index, double value);

  /** Copies {@code count} elements of a buffer of the same type to here. */
  default void copyFrom(TensorBuffer source, int from, int to, int count) {
    if (source.dtype() != dtype()) {
      throw new IllegalArgumentException(
          "Cannot copy " + source.dtype() + " elements into a " + dtype() + " buffer.");
    }
    System.arraycopy(source.array(), from, array(), to, count);
  }

  /** A buffer of that type, filled with zeros. */
  static TensorBuffer allocate(DType dtype, int length) {
    return switch (dtype) {
      case F64 -> new F64(new double[length]);
      case F32 -> new F32(new float[length]);
      case I64 -> new I64(new long[length]);
      case I32 -> new I32(new int[length]);
      case BOOL -> new Bool(new boolean[length]);
    };
  }

  /** The Java array behind this buffer. */
  Object array();

  /** Double precision elements. */
  record F64(double[] array) implements TensorBuffer {
    @Override
    public DType dtype() {
      return DType.F64;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index];
    }

    @Override
    public void set(int index, double value) {
      array[index] = value;
    }
  }

  /** Single precision elements. */
  record F32(float[] array) implements TensorBuffer {
    @Override
    public DType dtype() {
      return DType.F32;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index];
    }

    @Override
    public void set(int index, double value) {
      array[index] = (float) value;
    }
  }

  /** 64-bit integers. */
  record I64(long[] array) implements TensorBuffer {
    @Override
    public long bits(int index) {
      return array[index];
    }

    @Override
    public DType dtype() {
      return DType.I64;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index];
    }

    @Override
    public void set(int index, double value) {
      array[index] = (long) value;
    }
  }

  /** 32-bit integers. */
  record I32(int[] array) implements TensorBuffer {
    @Override
    public DType dtype() {
      return DType.I32;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index];
    }

    @Override
    public void set(int index, double value) {
      array[index] = (int) value;
    }
  }

  /** Truth values; any number but 0 is true. */
  record Bool(boolean[] array) implements TensorBuffer {
    @Override
    public DType dtype() {
      return DType.BOOL;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double get(int index) {
      return array[index] ? 1 : 0;
    }

    @Override
    public void set(int index, double value) {
      array[index] = value != 0;
    }
  }
}
