package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come one by one and from elsewhere than a table, such as from a request: the same cells
 * give the same features as {@link FeatureColumns#read} gives for a table.
 */
public final class RowReader {
  private final List<FeatureColumns.Column> columns;
  private final List<Map<String, Integer>> places;
  private final int features;

  private RowReader(FeatureColumns from) {
    columns = from.columns();
    places = columns.stream().map(RowReader::places).collect(toImmutableList());
    features = columns.stream().mapToInt(column -> column.features().size()).sum();
  }

  /** For rows of those columns. */
  public static RowReader of(FeatureColumns columns) {
    return new RowReader(columns);
  }

  private static Map<String, Integer> places(FeatureColumns.Column column) {
    return switch (column) {
      case FeatureColumns.Column.Numeric ignored -> Map.of();
      case FeatureColumns.Column.OneHot(String name, List<String> values) -> {
        Map<String, Integer> places = new HashMap<>();
        values.forEach(value -> places.put(value, places.size()));
        yield places;
      }
    };
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
   * @param cells by the columns' names: numbers, texts, true or false
   * @param into gets a number for each column: the cell, or the place of its category
   * @throws InputException for a cell that is not there, no number or no known category
   */
  public void read(String row, Map<String, ?> cells, double[] into) {
    for (int j = 0; j < columns.size(); j++) {
      String name = columns.get(j).name();
      Object cell = cells.get(name);
      if (cell == null && !cells.containsKey(name)) {
        throw DataErrors.missingCell(row, name, cells.keySet());
      }
      into[j] = code(row, j, cell);
    }
  }

  /**
   * Reads a row in the order of the columns.
   *
   * @param row what to call it in errors
   * @param cells as many as there are columns: numbers, texts, true or false
   * @param into gets a number for each column: the cell, or the place of its category
   * @throws InputException for another number of cells, or for one that is no number or no known
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
    FeatureColumns.Column column = columns.get(index);
    if (cell instanceof Map || cell instanceof Collection) {
      throw DataErrors.noCell(DataErrors.at(row, column.name()), cell);
    }
    String text = cell == null ? "" : cell.toString().strip();
    return switch (column) {
      case FeatureColumns.Column.Numeric(String name) -> {
        double value =
            cell instanceof Number number ? number.doubleValue() : NumberCell.value(text);
        if (!Double.isFinite(value)) {
          throw DataErrors.notNumber(DataErrors.at(row, name), text);
        }
        yield value;
      }
      case FeatureColumns.Column.OneHot(String name, List<String> values) -> {
        Integer place = places.get(index).get(text);
        if (place == null && cell instanceof Number) {
          place = alike(text, values);
        }
        if (place == null) {
          throw text.isEmpty()
              ? DataErrors.blankCategory(DataErrors.at(row, name))
              : DataErrors.unknownCategory(DataErrors.at(row, name), text, values);
        }
        yield place;
      }
    };
  }

  /** A number has no way of writing: 1 and 1.0 are one category. */
  private static @Nullable Integer alike(String text, List<String> values) {
    String wanted = Labels.meaning(text);
    for (int place = 0; place < values.size(); place++) {
      if (Labels.meaning(values.get(place)).equals(wanted)) {
        return place;
      }
    }
    return null;
  }

  /**
   * Turns a row into features; allocates nothing.
   *
   * @param cells a number for each column: the cell, or the place of its category
   * @param into gets the features, before products and scaling
   * @throws InputException for a number that is not finite, or for a place at which no category is
   */
  public void features(double[] cells, double[] into) {
    int at = 0;
    for (int j = 0; j < columns.size(); j++) {
      double cell = cells[j];
      switch (columns.get(j)) {
        case FeatureColumns.Column.Numeric numeric -> {
          if (!Double.isFinite(cell)) {
            throw DataErrors.notNumber(
                DataErrors.at("the row", numeric.name()), Double.toString(cell));
          }
          into[at++] = cell;
        }
        case FeatureColumns.Column.OneHot categories -> {
          int count = categories.values().size();
          int place = (int) cell;
          if (place != cell || place < 0 || place >= count) {
            throw DataErrors.noPlace(DataErrors.at("the row", categories.name()), cell, count);
          }
          for (int k = 0; k < count; k++) {
            into[at++] = k == place ? 1 : 0;
          }
        }
      }
    }
  }

  /** The values of a column of categories in the order of their places; none for numbers. */
  public List<String> categories(int column) {
    return switch (columns.get(column)) {
      case FeatureColumns.Column.Numeric ignored -> ImmutableList.of();
      case FeatureColumns.Column.OneHot(String name, List<String> values) -> values;
    };
  }
}
