package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

/**
 * A table of numbers with named columns; rows are samples.
 *
 * @param names the columns' names, d of them
 * @param rows the number n of rows
 * @param values n × d numbers, row after row
 */
public record Features(ImmutableList<String> names, int rows, ImmutableDoubleArray values) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if there are not rows × names values
   */
  public Features {
    checkArgument(
        (long) rows * names.size() == values.length(),
        "%s values cannot be %s rows of %s columns",
        values.length(),
        rows,
        names.size());
  }

  /** Returns the features over the given numbers, n × d, row after row; the array is copied. */
  public static Features of(ImmutableList<String> names, int rows, double[] values) {
    return new Features(names, rows, ImmutableDoubleArray.copyOf(values));
  }

  /** Returns the number of columns. */
  public int columns() {
    return names.size();
  }

  /** Returns one number. */
  public double at(int row, int column) {
    checkElementIndex(row, rows, "row");
    checkElementIndex(column, columns(), "column");
    return values.get(row * columns() + column);
  }

  /** Returns the given rows, in the given order. */
  public Features select(ImmutableIntArray chosen) {
    int width = columns();
    double[] out = new double[chosen.length() * width];
    for (int i = 0; i < chosen.length(); i++) {
      for (int j = 0; j < width; j++) {
        out[i * width + j] = at(chosen.get(i), j);
      }
    }
    return of(names, chosen.length(), out);
  }

  /** Returns the numbers, n × d, row after row, in a new array. */
  public double[] toArray() {
    return values.toArray();
  }
}
