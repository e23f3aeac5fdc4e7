package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * A table of numbers with named columns; rows are samples.
 *
 * @param names the columns' names, d of them
 * @param values f64, n × d
 */
public record Features(List<String> names, Tensor values) {
  /**
   * Checks the type.
   *
   * @throws IllegalArgumentException unless there is a column of f64 for each name
   */
  public Features {
    names = ImmutableList.copyOf(names);
    checkArgument(
        values.type().equals(TensorType.of(DType.F64, values.size(0), names.size())),
        "%s cannot be rows of %s columns",
        values.type(),
        names.size());
  }

  /** Returns the features over the given numbers, n × d, row after row; the array is copied. */
  public static Features of(List<String> names, int rows, double[] values) {
    return new Features(names, Tensor.of(TensorType.of(DType.F64, rows, names.size()), values));
  }

  /** Returns the number n of rows. */
  public int rows() {
    return values.size(0);
  }

  /** Returns the number of columns. */
  public int columns() {
    return names.size();
  }

  /** Returns one number. */
  public double at(int row, int column) {
    checkElementIndex(row, rows(), "row");
    checkElementIndex(column, columns(), "column");
    return values.get(row * columns() + column);
  }

  /** Returns the given rows, in the given order. */
  public Features select(List<Integer> chosen) {
    return new Features(names, values.rows(Ints.toArray(chosen)));
  }
}
