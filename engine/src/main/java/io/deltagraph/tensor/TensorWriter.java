package io.deltagraph.tensor;

/** A tensor that a kernel fills; what it holds before is undefined. */
public interface TensorWriter extends TensorReader {

  /** Sets the element at a row-major position, rounded to the element type. */
  void set(int index, double value);
}
