package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which columns of a table to learn from and how each becomes numbers.
 *
 * <p>Made from the table that is trained on and kept with the model, so that a later table (other
 * order of columns, no target) gives features of the same meaning.
 *
 * @param columns the columns, in the order of the features
 */
public record FeatureColumns(List<Column> columns) implements Serializable {
  private static final long serialVersionUID = 1L;

  public FeatureColumns {
    columns = ImmutableList.copyOf(columns);
  }

  /** What stands for a blank cell. */
  public sealed interface Blank extends Serializable {
    /** A blank cell is refused. */
    record Refused() implements Blank {
      private static final long serialVersionUID = 1L;
    }

    /**
     * Something else stands for it.
     *
     * @param value a number, days, or the place of a category; −1 for none of them
     * @param indicated whether a further feature says so
     */
    record Filled(double value, boolean indicated) implements Blank {
      private static final long serialVersionUID = 1L;
    }
  }

  /** How one column becomes features. */
  public sealed interface Column extends Serializable {
    /** Returns the name of the column in the table. */
    String name();

    /** Returns what stands for a blank cell. */
    Blank blank();

    /** Returns the names of the features that it becomes. */
    List<String> features();

    /** Returns the same column with something else for a blank cell. */
    Column with(Blank other);

    /**
     * A column of numbers, one feature.
     *
     * @param name the column's name
     * @param blank what stands for a blank cell
     */
    record Numeric(String name, Blank blank) implements Column {
      private static final long serialVersionUID = 1L;

      /** A column without blanks. */
      public Numeric(String name) {
        this(name, new Blank.Refused());
      }

      @Override
      public List<String> features() {
        return indicated(ImmutableList.of(name), this);
      }

      @Override
      public Column with(Blank other) {
        return new Numeric(name, other);
      }
    }

    /**
     * A column of categories, one feature of 0 and 1 for each.
     *
     * @param name the column's name
     * @param values the categories, in the order of the features
     * @param unseenAsZeros whether another category is 0 in all of them, and not refused
     * @param blank what stands for a blank cell
     */
    record OneHot(String name, List<String> values, boolean unseenAsZeros, Blank blank)
        implements Column {
      private static final long serialVersionUID = 1L;

      public OneHot {
        values = ImmutableList.copyOf(values);
      }

      /** A column without blanks, and without other categories. */
      public OneHot(String name, List<String> values) {
        this(name, values, false, new Blank.Refused());
      }

      @Override
      public List<String> features() {
        return indicated(values.stream().map(value -> name + "=" + value).toList(), this);
      }

      @Override
      public Column with(Blank other) {
        return new OneHot(name, values, unseenAsZeros, other);
      }
    }

    /**
     * A column of dates as ISO 8601 writes them.
     *
     * @param name the column's name
     * @param parts whether it becomes year, month, day and day of the week (1 is Monday), in place
     *     of days since 1970-01-01
     * @param blank what stands for a blank cell
     */
    record Dated(String name, boolean parts, Blank blank) implements Column {
      private static final long serialVersionUID = 1L;

      @Override
      public List<String> features() {
        return indicated(
            parts
                ? Stream.of("year", "month", "day", "weekday").map(p -> name + "." + p).toList()
                : ImmutableList.of(name),
            this);
      }

      @Override
      public Column with(Blank other) {
        return new Dated(name, parts, other);
      }
    }

    private static List<String> indicated(List<String> features, Column column) {
      return column.blank() instanceof Blank.Filled filled && filled.indicated()
          ? ImmutableList.<String>builder()
              .addAll(features)
              .add(column.name() + " is blank")
              .build()
          : ImmutableList.copyOf(features);
    }
  }

  /**
   * Chooses columns: what is listed holds categories, and all others hold numbers, texts or dates
   * as their cells say.
   *
   * @param target the column that is to be predicted, never a feature
   * @param chosen the columns to learn from; none means all but the target
   * @param categorical those of them that hold categories
   * @throws InputException for a name that the table lacks, or the target among the columns
   */
  public static FeatureColumns choose(
      CsvTable table, String target, List<String> chosen, Collection<String> categorical) {
    return choose(
        table, target, chosen, ColumnOptions.categories(ImmutableList.copyOf(categorical)));
  }

  /**
   * Chooses columns, as {@link ColumnTypes} finds out what they hold. Where blanks are filled,
   * {@link #learn} has to follow.
   *
   * @param target the column that is to be predicted, never a feature
   * @param chosen the columns to learn from; none means all but the target
   * @param options what they are taken for where their cells leave a choice
   * @throws InputException for a name that the table lacks, the target among the columns, or more
   *     different texts in a column than may be categories
   */
  public static FeatureColumns choose(
      CsvTable table, String target, List<String> chosen, ColumnOptions options) {
    table.index(target);
    options.oneHot().forEach(table::index);
    options.missing().named().keySet().forEach(table::index);
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
    return new FeatureColumns(
        names.stream()
            .map(name -> ColumnTypes.column(table, name, options))
            .collect(toImmutableList()));
  }

  /**
   * Learns what stands for blank cells.
   *
   * @param rows the training rows: others would leak into training
   * @param rules those by which the columns were chosen
   * @throws InputException for a column that is blank in all of them
   */
  public FeatureColumns learn(CsvTable table, List<Integer> rows, MissingRules rules) {
    return new FeatureColumns(
        columns.stream()
            .map(column -> ColumnTypes.learn(table, column, rows, rules.of(column.name())))
            .collect(toImmutableList()));
  }

  /**
   * Reads the features, n × d.
   *
   * @throws InputException for a column that the table lacks, a cell that is no finite number, or a
   *     category that is not among the known ones
   */
  public Features read(CsvTable table) {
    int[] places = columns.stream().mapToInt(c -> table.index(c.name())).toArray();
    FeatureColumn.Coded[] coded = new FeatureColumn.Coded[places.length];
    int wrong = 0;
    for (int j = 0; j < places.length; j++) {
      coded[j] = new FeatureColumn(columns.get(j)).codes(table, places[j]);
      wrong = coded[j].firstWrong() < coded[wrong].firstWrong() ? j : wrong;
    }
    if (coded[wrong].firstWrong() < table.rows()) {
      String name = columns.get(wrong).name();
      String where = DataErrors.at(table.source(), table.line(coded[wrong].firstWrong()), name);
      throw new FeatureColumn(columns.get(wrong)).wrong(where, coded[wrong].wrongCell());
    }
    ImmutableList.Builder<String> names = ImmutableList.builder();
    ImmutableList.Builder<NumberColumn> read = ImmutableList.builder();
    for (int j = 0; j < places.length; j++) {
      names.addAll(columns.get(j).features());
      read.addAll(new FeatureColumn(columns.get(j)).features(coded[j].codes()));
    }
    return Features.over(names.build(), table.rows(), read.build());
  }
}
