package io.deltagraph.backend;

import io.deltagraph.graph.IndexMap;
import io.deltagraph.plan.Operand;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.Objects;

/**
 * A value in the memory of a plan or a session, which tensors are copied to and from. Whoever has
 * one need not know what the memory is made of.
 */
public final class StoredValue implements TensorReader {
  private final TensorType type;
  private final TensorBuffer buffer;
  private final Strided layout;
  private final int elements;

  StoredValue(Operand place, TensorBuffer buffer) {
    this.type = place.type();
    this.buffer = buffer;
    this.layout = Strided.of(place);
    this.elements = place.elements();
  }

  /**
   * A value in memory of its own, filled with zeros.
   *
   * @param type of known sizes
   * @param columnMajor whether the columns of a matrix lie together, instead of its rows
   */
  public static StoredValue allocate(TensorType type, boolean columnMajor) {
    int[] sizes = type.shape().sizes();
    IndexMap layout = columnMajor ? IndexMap.of(0, 1, sizes[0]) : IndexMap.identity(sizes);
    TensorBuffer buffer = Backend.Memory.allocate(type.dtype(), type.shape().elements());
    return new StoredValue(new Operand(0, type, layout), buffer);
  }

  /** The type, of known sizes. */
  @Override
  public TensorType type() {
    return type;
  }

  /** Copies a tensor of this type to here. */
  public void set(Tensor tensor) {
    if (layout.isWhole()) {
      tensor.copyInto(buffer);
    } else {
      TensorBuffer dense = TensorBuffer.allocate(type.dtype(), elements);
      tensor.copyInto(dense);
      layout.scatter(dense, elements, buffer);
    }
  }

  /**
   * Copies rows of a tensor to here, as many as there are places, from the number at {@code from}
   * on.
   */
  public void setRows(Tensor tensor, int[] rows, int from) {
    int count = type.shape().dim(0).size();
    if (layout.isWhole()) {
      tensor.copyRowsInto(buffer, rows, from, count);
    } else {
      set(tensor.rows(Arrays.copyOfRange(rows, from, from + count)));
    }
  }

  /** Sets a row, as many numbers as it has places, each rounded to the element type. */
  public void setRow(int row, double[] values) {
    int from = row * values.length;
    for (int i = 0; i < values.length; i++) {
      buffer.set(layout.at(from + i), values[i]);
    }
  }

  /** The element that is here now; the next run may change it. */
  @Override
  public double get(int index) {
    return buffer.get(layout.at(index));
  }

  @Override
  public void load(int from, int count, double[] to) {
    Objects.checkFromIndexSize(from, count, elements);
    layout.load(buffer, 0, from, count, to, 0);
  }

  /** Sets the element at a row-major position. */
  public void set(int index, double value) {
    buffer.set(layout.at(index), value);
  }

  /** A copy. */
  public Tensor get() {
    if (layout.isWhole()) {
      return Tensor.copyOf(type, buffer);
    }
    TensorBuffer dense = TensorBuffer.allocate(type.dtype(), elements);
    layout.copy(buffer, 0, 0, elements, dense, 0);
    return Tensor.copyOf(type, dense);
  }

  TensorBuffer buffer() {
    return buffer;
  }
}
