package io.deltagraph.plan;

import com.google.common.base.Preconditions;
import com.google.common.primitives.Ints;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a value lies: in which buffer, and which element of it each position shows.
 *
 * @param slot the number of the buffer in {@link Plan#slots()}
 * @param type the type, of known sizes
 * @param layout the element of the buffer at each position
 */
public record Operand(int slot, TensorType type, IndexMap layout) {

  /** A value that fills its buffer from the start, row-major. */
  public static Operand dense(int slot, TensorType type) {
    return new Operand(slot, type, IndexMap.identity(type.shape().sizes()));
  }

  /** This dense matrix in column-major order: its columns lie together instead of its rows. */
  Operand columnMajor() {
    int rows = type.shape().dim(0).size();
    return new Operand(slot, type, IndexMap.of(layout.offset(), 1, rows));
  }

  /** The matrix with its two axes swapped, where it lies. */
  Operand transposed() {
    Shape swapped = Shape.of(List.of(type.shape().dim(1), type.shape().dim(0)));
    int[] strides = Ints.toArray(layout.strides());
    return new Operand(
        slot, type.with(swapped), IndexMap.of(layout.offset(), strides[1], strides[0]));
  }

  /** Some of the rows, along the first axis. */
  Operand rows(int first, int count) {
    List<Dim> dims = new ArrayList<>(type.shape().dims());
    dims.set(0, Dim.of(count));
    int start = layout.offset() + first * layout.strides().get(0);
    return new Operand(slot, type.with(Shape.of(dims)), new IndexMap(start, layout.strides()));
  }

  /**
   * Whether row i of this, along the first axis, lies within row i of another value, for every i.
   *
   * @param whole a dense value with as many rows that fills its slot: in there, what has rows as
   *     far apart cannot lie otherwise
   */
  boolean isInRowsOf(Operand whole) {
    return slot == whole.slot && layout.strides().get(0).equals(whole.layout.strides().get(0));
  }

  /** The number of elements. */
  public int elements() {
    return type.shape().elements();
  }

  /** Whether the elements lie in row-major order without gaps, from the layout's offset on. */
  public boolean isDense() {
    int[] sizes = type.shape().sizes();
    int expected = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      if (sizes[i] != 1 && layout.strides().get(i) != expected) {
        return elements() == 0;
      }
      expected *= sizes[i];
    }
    return true;
  }

  /** This value repeated to a shape that it broadcasts to. */
  Operand broadcastTo(Shape shape) {
    int[] strides = new int[shape.rank()];
    int lead = shape.rank() - type.rank();
    for (int i = 0; i < type.rank(); i++) {
      Dim dim = type.shape().dim(i);
      Preconditions.checkArgument(
          dim.isOne() || dim.equals(shape.dim(lead + i)), "%s against %s", type, shape);
      strides[lead + i] = dim.isOne() ? 0 : layout.strides().get(i);
    }
    return new Operand(slot, type.with(shape), IndexMap.of(layout.offset(), strides));
  }

  /**
   * What {@code view}, a map into this value's row-major elements, shows, as a layout of the same
   * buffer; empty if no layout does, so that this value has to be copied first.
   */
  Optional<Operand> through(IndexMap view, TensorType result) {
    if (result.shape().elements() == 0 || isDense()) {
      return Optional.of(
          new Operand(
              slot,
              result,
              new IndexMap(Math.addExact(layout.offset(), view.offset()), view.strides())));
    }
    return new Composition(this, view, result).compose();
  }

  /**
   * Finds the layout of a view of a layout: each axis of the view has to go along one axis of what
   * it shows, and stay within it.
   */
  private static final class Composition {
    private final Operand base;
    private final IndexMap view;
    private final TensorType result;
    private final int[] sizes;
    private final int[] rowMajor;

    /** The first and the last position that the view shows, along each axis. */
    private final int[] low;

    private final int[] high;

    Composition(Operand base, IndexMap view, TensorType result) {
      this.base = base;
      this.view = view;
      this.result = result;
      this.sizes = base.type().shape().sizes();
      this.rowMajor = IndexMap.rowMajor(sizes);
      this.low = new int[sizes.length];
      this.high = new int[sizes.length];
    }

    Optional<Operand> compose() {
      int offset = base.layout().offset();
      int rest = view.offset();
      for (int axis = 0; axis < sizes.length; axis++) {
        low[axis] = rest / rowMajor[axis];
        high[axis] = low[axis];
        rest %= rowMajor[axis];
        offset += low[axis] * base.layout().strides().get(axis);
      }
      int[] outer = result.shape().sizes();
      int[] strides = new int[outer.length];
      for (int i = 0; i < outer.length; i++) {
        int stride = view.strides().get(i);
        if (outer[i] == 1 || stride == 0) {
          continue;
        }
        int axis = axis(Math.abs(stride));
        if (axis < 0 || stride % rowMajor[axis] != 0) {
          return Optional.empty();
        }
        int steps = stride / rowMajor[axis];
        int reach = steps * (outer[i] - 1);
        low[axis] += Math.min(reach, 0);
        high[axis] += Math.max(reach, 0);
        strides[i] = steps * base.layout().strides().get(axis);
      }
      for (int axis = 0; axis < sizes.length; axis++) {
        if (low[axis] < 0 || high[axis] >= sizes[axis]) {
          return Optional.empty();
        }
      }
      return Optional.of(new Operand(base.slot(), result, IndexMap.of(offset, strides)));
    }

    private int axis(int stride) {
      for (int axis = 0; axis < sizes.length; axis++) {
        if (sizes[axis] > 1 && rowMajor[axis] <= stride) {
          return axis;
        }
      }
      return -1;
    }
  }
}
