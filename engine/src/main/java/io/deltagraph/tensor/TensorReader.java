package io.deltagraph.tensor;

import io.deltagraph.type.TensorType;

/** The elements of a tensor in row-major order, read as doubles whatever their type. */
public interface TensorReader {

  /** The type; its shape is fixed. */
  TensorType type();

  /** The element at a row-major position; truth values are 0 and 1. */
  double get(int index);

  /** Copies the elements from a row-major position on. */
  default void load(int from, int count, double[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = get(from + i);
    }
  }

  /** The number of elements. */
  default int length() {
    return type().shape().elements();
  }

  /** The size of the dimension at {@code axis}, where −1 is the last. */
  default int size(int axis) {
    return type().shape().dim(axis).size();
  }
}
