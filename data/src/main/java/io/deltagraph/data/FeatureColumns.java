package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

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
    ImmutableList.Builder<NumberColumn> read = ImmutableList.builder();
    int[] places = columns.stream().mapToInt(c -> table.index(c.name())).toArray();
    int wrong = table.rows();
    int wrongColumn = 0;
    for (int j = 0; j < places.length; j++) {
      OptionalInt first =
          switch (columns.get(j)) {
            case Column.Numeric ignored -> table.firstNoNumber(places[j]);
            case Column.OneHot(String name, List<String> values) ->
                firstUnknown(table.categories(places[j]), values);
          };
      if (first.orElse(table.rows()) < wrong) {
        wrong = first.getAsInt();
        wrongColumn = j;
      }
    }
    if (wrong < table.rows()) {
      throw wrong(table, columns.get(wrongColumn), places[wrongColumn], wrong);
    }
    for (int j = 0; j < places.length; j++) {
      switch (columns.get(j)) {
        case Column.Numeric ignored -> read.add(table.numbers(places[j]));
        case Column.OneHot(String name, List<String> values) -> {
          Categories categories = table.categories(places[j]);
          values.forEach(value -> read.add(categories.indicator(value)));
        }
      }
    }
    return Features.over(names, table.rows(), read.build());
  }

  private static OptionalInt firstUnknown(Categories categories, List<String> known) {
    Set<String> all = new HashSet<>(known);
    List<String> values = categories.values();
    return IntStream.range(0, values.size())
        .filter(place -> !all.contains(values.get(place)))
        .map(categories::row)
        .findFirst();
  }

  private static InputException wrong(CsvTable table, Column column, int place, int row) {
    return switch (column) {
      case Column.Numeric ignored -> table.notNumber(place, row);
      case Column.OneHot(String name, List<String> values) -> {
        Categories categories = table.categories(place);
        String cell = categories.values().get(categories.place(row));
        yield cell.isEmpty()
            ? DataErrors.blankCategory(table.source(), table.line(row), name)
            : DataErrors.unknownCategory(table.source(), table.line(row), name, cell, values);
      }
    };
  }
}
