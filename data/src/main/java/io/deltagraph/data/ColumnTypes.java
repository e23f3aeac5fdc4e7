package io.deltagraph.data;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the columns of a table hold, told from their cells. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /** What a column holds, as far as its cells tell. */
  public enum Kind {
    /** Each cell that is not blank is a number. */
    NUMBERS,
    /** Each cell that is not blank is a date as ISO 8601 writes it. */
    DATES,
    /** Most of the different cells are neither. */
    TEXTS,
    /** Most of the different cells are numbers, but not all: probably a slip. */
    MOSTLY_NUMBERS
  }

  /**
   * What a column holds.
   *
   * @param kind of cells
   * @param different how many different cells there are, blanks apart; of many numbers, the rows
   * @param blank whether there is a blank cell, or one that says that there is nothing
   */
  public record Found(Kind kind, int different, boolean blank) {}

  /**
   * Looks at all cells of a column.
   *
   * @throws InputException if there is no such column
   */
  public static Found find(CsvTable table, String column) {
    int place = table.index(column);
    if (table.hasManyNumbers(place)) {
      return new Found(Kind.NUMBERS, table.rows(), false);
    }
    Categories cells = table.categories(place);
    int different = 0;
    int numbers = 0;
    int dates = 0;
    for (String cell : cells.values()) {
      if (FeatureColumn.isNothing(cell)) {
        continue;
      }
      different++;
      numbers += NumberCell.isWritten(cell) ? 1 : 0;
      dates += Double.isNaN(DateCell.days(cell)) ? 0 : 1;
    }
    boolean blank = cells.values().stream().anyMatch(FeatureColumn::isNothing);
    Kind kind =
        numbers == different
            ? Kind.NUMBERS
            : dates == different
                ? Kind.DATES
                : 2 * numbers >= different ? Kind.MOSTLY_NUMBERS : Kind.TEXTS;
    return new Found(kind, different, blank);
  }

  /** A column as it is taken; a slip among numbers is left for whoever reads them. */
  static FeatureColumns.Column column(CsvTable table, String name, ColumnOptions options) {
    int place = table.index(name);
    MissingRule rule = options.missing().of(name);
    boolean fills = rule != MissingRule.REFUSE;
    FeatureColumns.Blank blank =
        fills
            ? new FeatureColumns.Blank.Filled(0, rule == MissingRule.INDICATOR)
            : new FeatureColumns.Blank.Refused();
    if (options.oneHot().contains(name)) {
      List<String> values = Labels.learn(table, name, fills);
      return new FeatureColumns.Column.OneHot(name, values, options.unseenAsZeros(), blank);
    }
    if (table.firstNoNumber(place).isEmpty()) {
      return new FeatureColumns.Column.Numeric(name, blank);
    }
    Found found = find(table, name);
    return switch (found.kind()) {
      case NUMBERS, MOSTLY_NUMBERS -> new FeatureColumns.Column.Numeric(name, blank);
      case DATES -> new FeatureColumns.Column.Dated(name, options.dateParts(), blank);
      case TEXTS -> {
        if (found.different() > options.mostCategories()) {
          throw DataErrors.tooManyCategories(
              table.source(), name, found.different(), options.mostCategories());
        }
        List<String> values = Labels.learn(table, name, fills);
        yield new FeatureColumns.Column.OneHot(name, values, options.unseenAsZeros(), blank);
      }
    };
  }

  static FeatureColumns.Column learn(
      CsvTable table, FeatureColumns.Column column, List<Integer> rows, MissingRule rule) {
    if (!(column.blank() instanceof FeatureColumns.Blank.Filled(double old, boolean indicated))) {
      return column;
    }
    int place = table.index(column.name());
    FeatureColumn.Coded coded = new FeatureColumn(column).codes(table, place);
    if (coded.firstWrong() < table.rows()) {
      return column; // Whoever reads it complains.
    }
    int[] chosen = rows.stream().mapToInt(row -> row).toArray();
    double[] codes = new double[chosen.length];
    coded.codes().fill(chosen, 0, chosen.length, codes);
    boolean categories = column instanceof FeatureColumns.Column.OneHot;
    double[] there =
        Arrays.stream(codes)
            .filter(code -> !Double.isNaN(code) && !(categories && code == FeatureColumn.UNSEEN))
            .toArray();
    if (there.length == 0) {
      throw DataErrors.allBlank(table.source(), column.name());
    }
    double value =
        switch (rule) {
          case REFUSE -> old;
          case MEAN -> categories ? mostFrequent(there) : mean(there);
          case MEDIAN -> categories ? mostFrequent(there) : median(there);
          case MOST_FREQUENT -> mostFrequent(there);
          case INDICATOR -> categories ? FeatureColumn.UNSEEN : mean(there);
        };
    return column.with(new FeatureColumns.Blank.Filled(value, indicated));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length; // divided first: a sum of large numbers must not overflow
    }
    return sum;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }

  private static double mostFrequent(double[] values) {
    Map<Double, Integer> counts = new TreeMap<>();
    for (double value : values) {
      counts.merge(value + 0.0, 1, Integer::sum);
    }
    double best = values[0];
    int most = 0;
    for (Map.Entry<Double, Integer> count : counts.entrySet()) {
      if (count.getValue() > most) {
        most = count.getValue();
        best = count.getKey();
      }
    }
    return best;
  }

  /**
   * How a table was taken where it is not plain numbers between commas, for a person to look at.
   */
  public static List<String> describe(CsvTable table, FeatureColumns columns) {
    ImmutableList.Builder<String> out = ImmutableList.builder();
    out.addAll(table.format().remarks());
    for (FeatureColumns.Column column : columns.columns()) {
      String name = InputException.quoted(column.name());
      switch (column) {
        case FeatureColumns.Column.Numeric ignored -> {}
        case FeatureColumns.Column.OneHot categories ->
            out.add(name + " holds " + categories.values().size() + " categories");
        case FeatureColumns.Column.Dated dated ->
            out.add(
                name + (dated.parts() ? " holds dates, by their parts" : " holds dates, as days"));
      }
    }
    return out.build();
  }
}
