package io.deltagraph.data;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Turns the cells of a target column into classes. */
public final class Labels {
  private static final int FEW_ROWS = 20;

  private Labels() {}

  /**
   * Learns the classes from a column: its values in order, by number where all are numbers, else by
   * letter.
   *
   * @param names what to call the classes, in that order; none means as in the file
   * @throws InputException for a missing column, a blank cell, a single class, more classes than
   *     half of the rows (from 20 rows on), a wrong number of names, or two values that are one
   */
  public static Targets.Classes learn(CsvTable table, String column, List<String> names) {
    Categories cells = table.withoutBlanks(column);
    List<String> values = learn(table, column);
    if (values.size() == 1) {
      throw DataErrors.oneClass(table.source(), column, values.getFirst());
    }
    if (table.rows() >= FEW_ROWS && values.size() > table.rows() / 2) {
      throw DataErrors.tooManyClasses(table.source(), column, values.size(), table.rows());
    }
    if (!names.isEmpty() && names.size() != values.size()) {
      throw DataErrors.classNames(table.source(), column, names.size(), values);
    }
    return new Targets.Classes(
        indices(table, column, cells, values),
        names.isEmpty() ? values : ImmutableList.copyOf(names));
  }

  /**
   * Reads classes that are known already; one of them alone is fine.
   *
   * @param values the values in the file, in the order of the labels
   * @param names the classes' names, as many
   * @throws InputException for a missing column or a value that is not among the known ones
   */
  public static Targets.Classes read(
      CsvTable table, String column, List<String> values, List<String> names) {
    return new Targets.Classes(
        indices(table, column, table.withoutBlanks(column), values), ImmutableList.copyOf(names));
  }

  /**
   * Returns the different values of a column, in order.
   *
   * @throws InputException for two that are one number, or differ by a quotation mark alone, such
   *     as {@code 1} and {@code 1.0}
   */
  public static List<String> learn(CsvTable table, String column) {
    return learn(table, column, false);
  }

  /** The same, with blank cells left out where there may be some. */
  static List<String> learn(CsvTable table, String column, boolean blanks) {
    Categories cells = blanks ? table.categories(table.index(column)) : table.withoutBlanks(column);
    Map<String, String> first = new HashMap<>();
    for (int place = 0; place < cells.values().size(); place++) {
      String cell = cells.values().get(place);
      if (cell.isEmpty()) {
        continue;
      }
      String earlier = first.putIfAbsent(meaning(cell), cell);
      if (earlier != null) {
        throw DataErrors.alike(table.source(), table.line(cells.row(place)), column, cell, earlier);
      }
    }
    return order(cells.values().stream().filter(cell -> !cell.isEmpty()).toList());
  }

  /** A number as it is, or a text without quotation marks around it. */
  static String meaning(String cell) {
    OptionalDouble number = NumberCell.parse(cell);
    // 0 and −0 are one number.
    return number.isPresent()
        ? Double.toString(number.getAsDouble() + 0.0)
        : CharMatcher.anyOf("\"'“”„‘’«»").trimFrom(cell);
  }

  /** Returns the different values in order: by number where all are numbers, else by letter. */
  public static List<String> order(Collection<String> cells) {
    List<String> distinct = cells.stream().distinct().collect(toImmutableList());
    boolean numbers = distinct.stream().allMatch(cell -> NumberCell.parse(cell).isPresent());
    Comparator<String> byLetter = Comparator.naturalOrder();
    return ImmutableList.sortedCopyOf(
        numbers
            ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(byLetter)
            : byLetter,
        distinct);
  }

  private static List<Integer> indices(
      CsvTable table, String column, Categories cells, List<String> values) {
    Map<String, Integer> known = new HashMap<>();
    for (String value : values) {
      known.put(value, known.size());
    }
    int[] classes = new int[cells.values().size()];
    for (int place = 0; place < classes.length; place++) {
      String cell = cells.values().get(place);
      Integer index = known.get(cell);
      if (index == null) {
        throw DataErrors.unknownCategory(
            table.source(), table.line(cells.row(place)), column, cell, values);
      }
      classes[place] = index;
    }
    ImmutableIntArray.Builder out = ImmutableIntArray.builder(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      out.add(classes[cells.place(row)]);
    }
    return out.build().asList();
  }
}
