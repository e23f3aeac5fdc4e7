package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;

/**
 * Which columns of a table to learn from and how each becomes numbers.
 *
 * <p>Made from the table that is trained on and kept with the model, so that a later table (other
 * order of columns, no target) gives features of the same meaning.
 *
 * @param columns the columns, in the order of the features
 */
public record FeatureColumns(List<Column> columns) {
  public FeatureColumns {
    columns = ImmutableList.copyOf(columns);
  }

  /** How one column becomes features. */
  public sealed interface Column {
    /** Returns the name of the column in the table. */
    String name();

    /** Returns the names of the features that it becomes. */
    List<String> features();

    /**
     * A column of numbers, one feature.
     *
     * @param name the column's name
     */
    record Numeric(String name) implements Column {
      @Override
      public List<String> features() {
        return ImmutableList.of(name);
      }
    }

    /**
     * A column of categories, one feature of 0 and 1 for each.
     *
     * @param name the column's name
     * @param values the categories, in the order of the features
     */
    record OneHot(String name, List<String> values) implements Column {
      public OneHot {
        values = ImmutableList.copyOf(values);
      }

      @Override
      public List<String> features() {
        return values.stream().map(value -> name + "=" + value).collect(toImmutableList());
      }
    }
  }

  /**
   * Chooses columns.
   *
   * @param target the column that is to be predicted, never a feature
   * @param chosen the columns to learn from; none means all but the target
   * @param categorical those of them that hold categories
   * @throws InputException for a name that the table lacks, or the target among the columns
   */
  public static FeatureColumns choose(
      CsvTable table, String target, List<String> chosen, Collection<String> categorical) {
    table.index(target);
    categorical.forEach(table::index);
    List<String> names =
        chosen.isEmpty()
            ? table.columns().stream().filter(n -> !n.equals(target)).collect(toImmutableList())
            : ImmutableList.copyOf(chosen);
    if (names.isEmpty()) {
      throw DataErrors.noFeatures(table.source(), target);
    }
    if (names.contains(target)) {
      throw DataErrors.targetAsFeature(table.source(), target);
    }
    ImmutableList.Builder<Column> columns = ImmutableList.builder();
    for (String name : names) {
      table.index(name);
      columns.add(
          categorical.contains(name)
              ? new Column.OneHot(name, Labels.learn(table, name))
              : new Column.Numeric(name));
    }
    return new FeatureColumns(columns.build());
  }

  /**
   * Reads the features, n × d.
   *
   * @throws InputException for a column that the table lacks, a cell that is no finite number, or a
   *     category that is not among the known ones
   */
  public Features read(CsvTable table) {
    List<String> names =
        columns.stream().flatMap(c -> c.features().stream()).collect(toImmutableList());
    int[] places = columns.stream().mapToInt(c -> table.index(c.name())).toArray();
    double[] out = new double[Math.multiplyExact(table.rows(), names.size())];
    int next = 0;
    for (int row = 0; row < table.rows(); row++) {
      for (int j = 0; j < places.length; j++) {
        switch (columns.get(j)) {
          case Column.Numeric ignored -> out[next++] = table.number(row, places[j]);
          case Column.OneHot(String name, List<String> values) -> {
            String cell = table.cell(row, places[j]);
            int value = values.indexOf(cell);
            if (value < 0) {
              throw cell.isEmpty()
                  ? DataErrors.blankCategory(table.source(), table.line(row), name)
                  : DataErrors.unknownCategory(table.source(), table.line(row), name, cell, values);
            }
            out[next + value] = 1;
            next += values.size();
          }
        }
      }
    }
    return Features.of(names, table.rows(), out);
  }
}
