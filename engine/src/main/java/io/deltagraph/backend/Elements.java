package io.deltagraph.backend;

import io.deltagraph.tensor.TensorBuffer;
import java.util.Arrays;

/** Moves runs of elements between buffers and registers. */
public final class Elements {
  private Elements() {}

  /** Reads {@code count} elements, {@code stride} apart, as doubles. */
  public static void load(
      TensorBuffer source, int from, int stride, double[] to, int at, int count) {
    if (stride == 0) {
      Arrays.fill(to, at, at + count, source.get(from));
      return;
    }
    switch (source) {
      case TensorBuffer.F64 buffer -> {
        double[] array = buffer.array();
        if (stride == 1) {
          System.arraycopy(array, from, to, at, count);
        } else {
          for (int i = 0; i < count; i++) {
            to[at + i] = array[from + i * stride];
          }
        }
      }
      case TensorBuffer.F32 buffer -> {
        float[] array = buffer.array();
        if (stride == 1) {
          for (int i = 0; i < count; i++) {
            to[at + i] = array[from + i];
          }
        } else {
          for (int i = 0; i < count; i++) {
            to[at + i] = array[from + i * stride];
          }
        }
      }
      case TensorBuffer.I64 buffer -> slow(buffer, from, stride, to, at, count);
      case TensorBuffer.I32 buffer -> slow(buffer, from, stride, to, at, count);
      case TensorBuffer.Bool buffer -> slow(buffer, from, stride, to, at, count);
    }
  }

  private static void slow(
      TensorBuffer source, int from, int stride, double[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = source.get(from + i * stride);
    }
  }

  /** Reads {@code count} elements, {@code stride} apart, rounded to single precision. */
  public static void load(
      TensorBuffer source, int from, int stride, float[] to, int at, int count) {
    if (stride == 0) {
      Arrays.fill(to, at, at + count, (float) source.get(from));
    } else if (source instanceof TensorBuffer.F32(float[] array)) {
      if (stride == 1) {
        System.arraycopy(array, from, to, at, count);
      } else {
        for (int i = 0; i < count; i++) {
          to[at + i] = array[from + i * stride];
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) source.get(from + i * stride);
      }
    }
  }

  /** Writes numbers of a buffer's type. */
  public static void store(float[] source, TensorBuffer to, int at, int count) {
    if (to instanceof TensorBuffer.F32(float[] array)) {
      System.arraycopy(source, 0, array, at, count);
    } else {
      for (int i = 0; i < count; i++) {
        to.set(at + i, source[i]);
      }
    }
  }

  /** Writes doubles that are already rounded to the buffer's type. */
  public static void store(double[] source, TensorBuffer to, int at, int count) {
    switch (to) {
      case TensorBuffer.F64 buffer -> System.arraycopy(source, 0, buffer.array(), at, count);
      case TensorBuffer.F32 buffer -> {
        float[] array = buffer.array();
        for (int i = 0; i < count; i++) {
          array[at + i] = (float) source[i];
        }
      }
      case TensorBuffer.I64 buffer -> slow(source, buffer, at, count);
      case TensorBuffer.I32 buffer -> slow(source, buffer, at, count);
      case TensorBuffer.Bool buffer -> slow(source, buffer, at, count);
    }
  }

  private static void slow(double[] source, TensorBuffer to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to.set(at + i, source[i]);
    }
  }

  /** Copies {@code count} elements between buffers of one type, bit for bit. */
  public static void copy(
      TensorBuffer source, int from, int stride, TensorBuffer to, int at, int step, int count) {
    if (stride == 1 && step == 1) {
      to.copyFrom(source, from, at, count);
      return;
    }
    switch (to) {
      case TensorBuffer.F64 buffer -> {
        double[] target = buffer.array();
        double[] array = ((TensorBuffer.F64) source).array();
        for (int i = 0; i < count; i++) {
          target[at + i * step] = array[from + i * stride];
        }
      }
      case TensorBuffer.F32 buffer -> {
        float[] target = buffer.array();
        float[] array = ((TensorBuffer.F32) source).array();
        for (int i = 0; i < count; i++) {
          target[at + i * step] = array[from + i * stride];
        }
      }
      case TensorBuffer.I64 buffer -> {
        long[] target = buffer.array();
        long[] array = ((TensorBuffer.I64) source).array();
        for (int i = 0; i < count; i++) {
          target[at + i * step] = array[from + i * stride];
        }
      }
      case TensorBuffer.I32 buffer -> {
        int[] target = buffer.array();
        int[] array = ((TensorBuffer.I32) source).array();
        for (int i = 0; i < count; i++) {
          target[at + i * step] = array[from + i * stride];
        }
      }
      case TensorBuffer.Bool buffer -> {
        boolean[] target = buffer.array();
        boolean[] array = ((TensorBuffer.Bool) source).array();
        for (int i = 0; i < count; i++) {
          target[at + i * step] = array[from + i * stride];
        }
      }
    }
  }
}
