package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of numbers with named columns; rows are samples. The numbers stay where they are, and
 * what is computed from them (selected, scaled, multiplied) is computed where it is asked for, so
 * that no step takes memory of its own.
 */
public final class Features {
  private final List<String> names;
  private final int[] rows;
  private final List<NumberColumn> columns;

  private Features(List<String> names, int[] rows, List<NumberColumn> columns) {
    this.names = ImmutableList.copyOf(names);
    this.rows = rows;
    this.columns = ImmutableList.copyOf(columns);
  }

  /** Features over the first {@code rows} rows of some columns. */
  static Features over(List<String> names, int rows, List<NumberColumn> columns) {
    return new Features(names, IntStream.range(0, rows).toArray(), columns);
  }

  /**
   * Returns the features over the given numbers, n × d, row after row; the array is copied.
   *
   * @throws IllegalArgumentException unless there is a number for each row and name
   */
  public static Features of(List<String> names, int rows, double[] values) {
    int width = names.size();
    checkArgument(
        values.length == rows * width,
        "%s numbers cannot be %s rows of %s columns",
        values.length,
        rows,
        width);
    double[] own = values.clone();
    ImmutableList.Builder<NumberColumn> columns = ImmutableList.builder();
    for (int j = 0; j < width; j++) {
      int column = j;
      columns.add((chosen, from, to, out) -> {
        for (int i = from; i < to; i++) {
          out[i - from] = own[chosen[i] * width + column];
        }
      });
    }
    return over(names, rows, columns.build());
  }

  /** Returns the columns' names, d of them. */
  public List<String> names() {
    return names;
  }

  /** Returns the number n of rows. */
  public int rows() {
    return rows.length;
  }

  /** Returns the number of columns. */
  public int columns() {
    return names.size();
  }

  /** Returns one number. */
  public double at(int row, int column) {
    checkElementIndex(row, rows(), "row");
    checkElementIndex(column, columns(), "column");
    double[] one = new double[1];
    columns.get(column).fill(rows, row, row + 1, one);
    return one[0];
  }

  /** Returns the given rows, in the given order. */
  public Features select(List<Integer> chosen) {
    int[] numbers = new int[chosen.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = rows[chosen.get(i)];
    }
    return new Features(names, numbers, columns);
  }

  /** The rows from one number to before another. */
  Features range(int from, int to) {
    return from == 0 && to == rows.length
        ? this
        : new Features(names, Arrays.copyOfRange(rows, from, to), columns);
  }

  /** Returns the numbers, f64, n × d. */
  public Tensor values() {
    return tensor(DType.F64);
  }

  /** The numbers in a dtype, n × d. */
  Tensor tensor(DType dtype) {
    int width = columns();
    return Tensor.written(
        TensorType.of(dtype, rows(), width),
        out -> {
          double[] block = new double[NumberColumn.BLOCK];
          for (int from = 0; from < rows.length; from += block.length) {
            int to = Math.min(rows.length, from + block.length);
            for (int j = 0; j < width; j++) {
              columns.get(j).fill(rows, from, to, block);
              for (int i = from; i < to; i++) {
                out.set(i * width + j, block[i - from]);
              }
            }
          }
        });
  }

  /** Other columns over the same rows. */
  Features with(List<String> otherNames, List<NumberColumn> others) {
    return new Features(otherNames, rows, others);
  }

  /** The columns, which know all rows of the table. */
  List<NumberColumn> all() {
    return columns;
  }

  /** The number of a row in the table that it is from. */
  int row(int index) {
    return rows[index];
  }

  /** Writes a column. */
  void fill(int column, double[] out) {
    columns.get(column).fill(rows, 0, rows.length, out);
  }
}
