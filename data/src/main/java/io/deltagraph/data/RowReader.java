package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come one by one and from elsewhere than a table, such as from a request: the same cells
 * give the same features as {@link FeatureColumns#read} gives for a table.
 */
public final class RowReader {
  private final List<FeatureColumns.Column> columns;
  private final List<FeatureColumn> readers;
  private final int features;

  private RowReader(FeatureColumns from) {
    columns = from.columns();
    readers = columns.stream().map(FeatureColumn::new).collect(toImmutableList());
    features = readers.stream().mapToInt(FeatureColumn::width).sum();
  }

  /** For rows of those columns. */
  public static RowReader of(FeatureColumns columns) {
    return new RowReader(columns);
  }

  /** The columns' names, in the order of a row. */
  public List<String> columns() {
    return columns.stream().map(FeatureColumns.Column::name).collect(toImmutableList());
  }

  /** How many columns there are. */
  public int width() {
    return columns.size();
  }

  /** How many features a row becomes. */
  public int features() {
    return features;
  }

  /**
   * Reads a row by names. What it has beside the columns is left alone.
   *
   * @param row what to call it in errors
   * @param cells by the columns' names: numbers, texts, true or false; null is a blank cell
   * @param into gets a number for each column: the cell, the place of its category, the days of a
   *     date, or NaN for a blank
   * @throws InputException for a cell that is not there, no number, date or known category
   */
  public void read(String row, Map<String, ?> cells, double[] into) {
    for (int j = 0; j < columns.size(); j++) {
      String name = columns.get(j).name();
      Object cell = cells.get(name);
      if (cell == null && !cells.containsKey(name)) {
        throw DataErrors.missingCell(
            row, name, cells.keySet().stream().filter(given -> !takes(given)).toList());
      }
      into[j] = code(row, j, cell);
    }
  }

  private boolean takes(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  /**
   * Reads a row in the order of the columns.
   *
   * @param row what to call it in errors
   * @param cells as many as there are columns: numbers, texts, true or false; null is a blank cell
   * @param into gets a number for each column: the cell, the place of its category, the days of a
   *     date, or NaN for a blank
   * @throws InputException for another number of cells, or for one that is no number, date or known
   *     category
   */
  public void read(String row, List<?> cells, double[] into) {
    if (cells.size() != columns.size()) {
      throw new InputException(
          row,
          cells.size() + " cells",
          columns.size() + ", one for each column that the model learnt from",
          "give them in the order " + String.join(", ", columns()));
    }
    for (int j = 0; j < columns.size(); j++) {
      into[j] = code(row, j, cells.get(j));
    }
  }

  private double code(String row, int index, @Nullable Object cell) {
    FeatureColumn reader = readers.get(index);
    if (cell instanceof Map || cell instanceof Collection) {
      throw DataErrors.noCell(DataErrors.at(row, columns.get(index).name()), cell);
    }
    String text = cell == null ? "" : cell.toString();
    double code = cell instanceof Number number ? reader.code(number) : reader.code(text);
    if (code == FeatureColumn.WRONG) {
      throw reader.wrong(DataErrors.at(row, columns.get(index).name()), text);
    }
    return code;
  }

  /**
   * Turns a row into features; allocates nothing.
   *
   * @param cells a number for each column: the cell, the place of its category, the days of a date
   *     since 1970-01-01, or NaN for a blank cell where these may be
   * @param into gets the features, before products and scaling
   * @throws InputException for a number that is not finite, or for a place at which no category is
   */
  public void features(double[] cells, double[] into) {
    int at = 0;
    for (int j = 0; j < columns.size(); j++) {
      FeatureColumn reader = readers.get(j);
      check(columns.get(j), cells[j]);
      for (int k = 0; k < reader.width(); k++) {
        into[at++] = reader.feature(k, cells[j]);
      }
    }
  }

  private static void check(FeatureColumns.Column column, double cell) {
    if (Double.isNaN(cell) && column.blank() instanceof FeatureColumns.Blank.Filled) {
      return;
    }
    if (column instanceof FeatureColumns.Column.OneHot categories) {
      int count = categories.values().size();
      boolean none = cell == FeatureColumn.UNSEEN && categories.unseenAsZeros();
      if (!none && ((int) cell != cell || cell < 0 || cell >= count)) {
        throw DataErrors.noPlace(DataErrors.at("the row", column.name()), cell, count);
      }
    } else if (!Double.isFinite(cell)) {
      throw DataErrors.notNumber(DataErrors.at("the row", column.name()), Double.toString(cell));
    }
  }

  /** The values of a column of categories in the order of their places; none for others. */
  public List<String> categories(int column) {
    return columns.get(column) instanceof FeatureColumns.Column.OneHot categories
        ? categories.values()
        : ImmutableList.of();
  }
}
