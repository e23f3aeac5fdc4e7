package io.deltagraph.ops;

import io.deltagraph.graph.GraphException;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;

/**
 * How a row-major array looks along one axis: element k of the strip (before, after) lies at {@code
 * (before · size + k) · after + after index}.
 */
record Strip(int before, int size, int after) {

  static Strip of(TensorType type, int axis) {
    Shape shape = type.shape();
    int at = shape.axis(axis);
    return new Strip(
        shape.slice(0, at).elements(),
        shape.dim(at).size(),
        shape.slice(at + 1, shape.rank()).elements());
  }

  int at(int outer, int k, int inner) {
    return (outer * size + k) * after + inner;
  }

  /** Loops over one strip. */
  @FunctionalInterface
  interface Loop {
    void run(int outer, int inner);
  }

  /** Runs a loop for every strip. */
  void forEach(Loop loop) {
    for (int outer = 0; outer < before; outer++) {
      for (int inner = 0; inner < after; inner++) {
        loop.run(outer, inner);
      }
    }
  }

  /**
   * Copies what these strips hold to other strips, from position {@code start} of each; the
   * position after them.
   */
  int copy(TensorReader source, Strip to, int start, TensorWriter target) {
    forEach((outer, inner) -> {
      for (int k = 0; k < size; k++) {
        target.set(to.at(outer, start + k, inner), source.get(at(outer, k, inner)));
      }
    });
    return start + size;
  }

  /** An element of an index tensor; refuses one outside 0 up to but not including {@code size}. */
  static int index(String op, TensorReader indices, int position, int size) {
    double index = indices.get(position);
    if (!(index >= 0 && index < size)) {
      throw new GraphException.BadInput(
          op
              + " was given the index "
              + (long) index
              + place(indices.type().shape().sizes(), position)
              + " of its indices; they lie from 0 to "
              + (size - 1)
              + ".");
    }
    return (int) index;
  }

  /** A row where there is one index in each, else a number for each axis; both counted from 0. */
  private static String place(int[] sizes, int position) {
    if (sizes.length == 1) {
      return " in row " + position;
    }
    int[] place = new int[sizes.length];
    int rest = position;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return " at " + Arrays.toString(place);
  }
}
