package io.deltagraph.check;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Plain arithmetic of row-major arrays, for guesses at what a wrong gradient is. */
final class Grids {
  private Grids() {}

  static double[] scaled(double[] values, double by) {
    return Arrays.stream(values).map(x -> x * by).toArray();
  }

  static double[] product(double[] left, double[] right) {
    return both(left, right, (a, b) -> a * b);
  }

  static double[] minus(double[] left, double[] right) {
    return both(left, right, (a, b) -> a - b);
  }

  static double[] plus(double[] left, double[] right) {
    return both(left, right, Double::sum);
  }

  private static double[] both(double[] left, double[] right, DoubleBinaryOperator f) {
    return IntStream.range(0, left.length)
        .mapToDouble(i -> f.applyAsDouble(left[i], right[i]))
        .toArray();
  }

  /** The matrices of the last two axes, each with rows and columns exchanged. */
  static double[] transposed(double[] values, int[] sizes) {
    int rows = sizes[sizes.length - 2];
    int columns = sizes[sizes.length - 1];
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int matrix = i / (rows * columns);
      int row = i / columns % rows;
      result[matrix * rows * columns + i % columns * rows + row] = values[i];
    }
    return result;
  }

  /** The axes of {@code wide} that {@code narrow} is repeated along; none if it does not fit. */
  static int[] summed(Shape wide, Shape narrow) {
    if (!narrow.broadcastsTo(wide)) {
      return new int[0];
    }
    int extra = wide.rank() - narrow.rank();
    return IntStream.range(0, wide.rank())
        .filter(axis -> axis < extra || !wide.dim(axis).equals(narrow.dim(axis - extra)))
        .toArray();
  }

  /** The sums over some axes. */
  static double[] sum(Tensor tensor, int[] axes) {
    List<double[]> slices = slices(tensor, axes);
    double[] total = new double[slices.getFirst().length];
    for (double[] slice : slices) {
      total = plus(total, slice);
    }
    return total;
  }

  /** The same with the axes kept as 1. */
  static Tensor summedTensor(Tensor tensor, int[] axes) {
    List<Dim> dims = new ArrayList<>(tensor.type().shape().dims());
    for (int axis : axes) {
      dims.set(axis, Dim.of(1));
    }
    return Tensor.of(tensor.type().with(Shape.of(dims)), sum(tensor, axes));
  }

  /** What lies at each place of some axes, as arrays over the other axes. */
  static List<double[]> slices(Tensor tensor, int[] axes) {
    int[] sizes = tensor.type().shape().sizes();
    boolean[] cut = new boolean[sizes.length];
    int count = 1;
    for (int axis : axes) {
      cut[axis] = true;
      count *= sizes[axis];
    }
    int length = tensor.length() / Math.max(1, count);
    List<double[]> slices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slices.add(new double[length]);
    }
    for (int flat = 0; flat < tensor.length(); flat++) {
      int[] position = position(flat, sizes);
      int slice = 0;
      int place = 0;
      for (int axis = 0; axis < sizes.length; axis++) {
        if (cut[axis]) {
          slice = slice * sizes[axis] + position[axis];
        } else {
          place = place * sizes[axis] + position[axis];
        }
      }
      slices.get(slice)[place] = tensor.get(flat);
    }
    return slices;
  }

  /** One number per dimension. */
  static int[] position(int flat, int[] sizes) {
    int[] position = new int[sizes.length];
    int rest = flat;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      position[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return position;
  }
}
