package io.deltagraph.training;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;

/** Some rows of a tensor in some order, read where they lie. */
final class RowsInOrder implements TensorReader {
  private final Tensor all;
  private final int[] order;
  private final int width;
  private TensorType type;
  private TensorType before;
  private int from;

  /** Where the row begins that was read last, and how far from there it lies in the tensor. */
  private int start;

  private int shift;

  /** The first row alone, until others are asked for; {@code order} may change meanwhile. */
  RowsInOrder(Tensor all, int[] order) {
    this.all = all;
    this.order = order;
    width = all.length() / all.size(0);
    type = of(1);
    before = type;
    goTo(0);
  }

  /** Goes on to other rows: those whose numbers stand from one place to before another. */
  void show(int first, int end) {
    if (end - first != size(0)) {
      // An epoch ends with fewer rows and the next begins with as many as before: both are kept.
      boolean again = before.shape().dim(0).size() == end - first;
      TensorType next = again ? before : of(end - first);
      before = type;
      type = next;
    }
    from = first;
    goTo(0);
  }

  /** Rows are read from their first number to their last: a division for each would cost more. */
  private void goTo(int row) {
    start = row * width;
    shift = order[from + row] * width - start;
  }

  private TensorType of(int rows) {
    return all.type().with(all.type().shape().with(0, Dim.of(rows)));
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public double get(int index) {
    if (index < start || index >= start + width) {
      goTo(index / width);
    }
    return all.get(index + shift);
  }
}
