package io.deltagraph.testkit;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.Arrays;

/** A tensor that a kernel is given, which notes what the kernel does to it. */
final class Probe implements TensorWriter {
  private final TensorType type;
  private final double[] elements;
  private final boolean[] written;
  private boolean unwrittenRead;
  private final boolean filled;

  private Probe(TensorType type, double[] elements, boolean filled) {
    this.type = type;
    this.elements = elements;
    this.written = new boolean[elements.length];
    this.filled = filled;
  }

  /** An input. A kernel that takes it for a writer is caught. */
  static Probe input(Tensor tensor) {
    return new Probe(tensor.type(), tensor.toDoubles(), true);
  }

  /** An output, which holds {@code garbage} before. */
  static Probe output(TensorType type, double garbage) {
    double[] elements = new double[type.shape().elements()];
    Arrays.fill(elements, type.dtype().round(garbage));
    return new Probe(type, elements, false);
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public double get(int index) {
    unwrittenRead |= !filled && !written[index];
    return elements[index];
  }

  @Override
  public void set(int index, double value) {
    written[index] = true;
    elements[index] = type.dtype().round(value);
  }

  /** The first element that was never written, −1 if there is none. */
  int firstUnwritten() {
    for (int i = 0; i < written.length; i++) {
      if (!written[i]) {
        return i;
      }
    }
    return -1;
  }

  /** Whether anything was written. */
  boolean touched() {
    for (boolean one : written) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /** Whether an element was read before it was written. */
  boolean readBeforeWritten() {
    return unwrittenRead;
  }

  /** Whether the elements are those of a tensor, bit for bit. */
  boolean holds(TensorReader tensor) {
    for (int i = 0; i < elements.length; i++) {
      if (Double.doubleToRawLongBits(elements[i]) != Double.doubleToRawLongBits(tensor.get(i))) {
        return false;
      }
    }
    return true;
  }
}
