package io.deltagraph.tensor;

import io.deltagraph.type.DType;

/** A heap array of one element type, read and written as doubles. */
public sealed interface Buffer {

  /** The element type. */
  DType dtype();

  /** The number of elements. */
  int length();

  /** The element at {@code index} as a double. */
  double get(int index);

  /** Stores {@code value} at {@code index}, rounded to the element type. */
  void set(int index, double value);

  /** Copies {@code count} elements of a buffer of the same type to here. */
  void copyFrom(Buffer source, int from, int to, int count);

  /** A buffer of that type, filled with zeros. */
  static Buffer allocate(DType dtype, int length) {
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

  private static void copy(Buffer source, int from, Buffer target, int to, int count) {
    if (source.dtype() != target.dtype()) {
      throw new IllegalArgumentException(
          "Cannot copy " + source.dtype() + " elements into a " + target.dtype() + " buffer.");
    }
    System.arraycopy(source.array(), from, target.array(), to, count);
  }

  /** Double precision elements. */
  final class F64 implements Buffer {
    private final double[] array;

    /** Wraps an array without copying it. */
    public F64(double[] array) {
      this.array = array;
    }

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

    @Override
    public void copyFrom(Buffer source, int from, int to, int count) {
      copy(source, from, this, to, count);
    }

    @Override
    public double[] array() {
      return array;
    }
  }

  /** Single precision elements. */
  final class F32 implements Buffer {
    private final float[] array;

    /** Wraps an array without copying it. */
    public F32(float[] array) {
      this.array = array;
    }

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

    @Override
    public void copyFrom(Buffer source, int from, int to, int count) {
      copy(source, from, this, to, count);
    }

    @Override
    public float[] array() {
      return array;
    }
  }

  /** 64-bit integers. */
  final class I64 implements Buffer {
    private final long[] array;

    /** Wraps an array without copying it. */
    public I64(long[] array) {
      this.array = array;
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

    @Override
    public void copyFrom(Buffer source, int from, int to, int count) {
      copy(source, from, this, to, count);
    }

    @Override
    public long[] array() {
      return array;
    }
  }

  /** 32-bit integers. */
  final class I32 implements Buffer {
    private final int[] array;

    /** Wraps an array without copying it. */
    public I32(int[] array) {
      this.array = array;
    }

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

    @Override
    public void copyFrom(Buffer source, int from, int to, int count) {
      copy(source, from, this, to, count);
    }

    @Override
    public int[] array() {
      return array;
    }
  }

  /** Truth values; any number but 0 is true. */
  final class Bool implements Buffer {
    private final boolean[] array;

    /** Wraps an array without copying it. */
    public Bool(boolean[] array) {
      this.array = array;
    }

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

    @Override
    public void copyFrom(Buffer source, int from, int to, int count) {
      copy(source, from, this, to, count);
    }

    @Override
    public boolean[] array() {
      return array;
    }
  }
}
