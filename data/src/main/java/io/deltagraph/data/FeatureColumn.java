package io.deltagraph.data;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A column on its way from cells to features: a cell becomes one number, and that the features. */
final class FeatureColumn {
  /** What a cell is that cannot be used; blanks are NaN. */
  static final double WRONG = Double.NEGATIVE_INFINITY;

  /** A category that training has not seen, where that may be. */
  static final double UNSEEN = -1;

  /** Beside blank cells, what stands in columns of numbers and dates where there is nothing. */
  private static final Set<String> NOTHING = ImmutableSet.of("na", "n/a", "nan", "null", "?");

  private final FeatureColumns.Column column;
  private final int width;
  private final Map<String, Integer> places = new HashMap<>();

  FeatureColumn(FeatureColumns.Column column) {
    this.column = column;
    width = column.features().size();
    if (column instanceof FeatureColumns.Column.OneHot categories) {
      categories.values().forEach(value -> places.put(value, places.size()));
    }
  }

  int width() {
    return width;
  }

  /** A text as a number: itself, days, or the place of a category. */
  double code(String cell) {
    String text = cell.strip();
    boolean fills = !(column.blank() instanceof FeatureColumns.Blank.Refused);
    return switch (column) {
      case FeatureColumns.Column.Numeric ignored ->
          fills && isNothing(text) ? Double.NaN : finite(NumberCell.value(text));
      case FeatureColumns.Column.Dated ignored ->
          fills && isNothing(text) ? Double.NaN : finite(DateCell.days(text));
      case FeatureColumns.Column.OneHot categories -> {
        Integer place = places.get(text);
        if (place != null) {
          yield place;
        }
        if (text.isEmpty()) {
          yield fills ? Double.NaN : WRONG;
        }
        yield categories.unseenAsZeros() ? UNSEEN : WRONG;
      }
    };
  }

  /** A number as a number. */
  double code(Number cell) {
    return switch (column) {
      case FeatureColumns.Column.Numeric ignored -> {
        double value = cell.doubleValue();
        boolean fills = !(column.blank() instanceof FeatureColumns.Blank.Refused);
        yield fills && Double.isNaN(value) ? value : finite(value);
      }
      case FeatureColumns.Column.Dated ignored -> code(cell.toString());
      case FeatureColumns.Column.OneHot ignored -> {
        // A number has no way of writing: 1 and 1.0 are one category.
        String wanted = Labels.meaning(cell.toString());
        for (Map.Entry<String, Integer> known : places.entrySet()) {
          if (Labels.meaning(known.getKey()).equals(wanted)) {
            yield known.getValue();
          }
        }
        yield code(cell.toString());
      }
    };
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : WRONG;
  }

  static boolean isNothing(String stripped) {
    return stripped.isEmpty() || NOTHING.contains(Ascii.toLowerCase(stripped));
  }

  /** One of the features, by what its cell is. */
  double feature(int index, double code) {
    double filled = code;
    if (Double.isNaN(code)) {
      if (column.blank() instanceof FeatureColumns.Blank.Filled(double value, boolean indicated)) {
        if (indicated && index == width - 1) {
          return 1;
        }
        filled = value;
      }
    } else if (index == width - 1 && isIndicated()) {
      return 0;
    }
    return switch (column) {
      case FeatureColumns.Column.Numeric ignored -> filled;
      case FeatureColumns.Column.OneHot ignored -> filled == index ? 1 : 0;
      case FeatureColumns.Column.Dated dated -> dated.parts() ? part(index, filled) : filled;
    };
  }

  private boolean isIndicated() {
    return column.blank() instanceof FeatureColumns.Blank.Filled filled && filled.indicated();
  }

  private static double part(int index, double days) {
    LocalDate date = LocalDate.ofEpochDay((long) Math.floor(days));
    return switch (index) {
      case 0 -> date.getYear();
      case 1 -> date.getMonthValue();
      case 2 -> date.getDayOfMonth();
      default -> date.getDayOfWeek().getValue();
    };
  }

  /** What is wrong with a cell. */
  InputException wrong(String where, String cell) {
    return switch (column) {
      case FeatureColumns.Column.Numeric ignored -> DataErrors.notNumber(where, cell);
      case FeatureColumns.Column.Dated ignored -> DataErrors.notDate(where, cell);
      case FeatureColumns.Column.OneHot(String name, List<String> values, var unseen, var blank) ->
          cell.isBlank()
              ? DataErrors.blankCategory(where)
              : DataErrors.unknownCategory(where, cell.strip(), values);
    };
  }

  /** The numbers that a column's cells are, row by row; the first wrong cell is complained of. */
  record Coded(NumberColumn codes, int firstWrong, String wrongCell) {}

  /** The codes of a table's rows. */
  Coded codes(CsvTable table, int place) {
    if (column instanceof FeatureColumns.Column.Numeric && table.firstNoNumber(place).isEmpty()) {
      return new Coded(table.numbers(place), table.rows(), "");
    }
    if (column instanceof FeatureColumns.Column.Numeric
        && column.blank() instanceof FeatureColumns.Blank.Refused) {
      return new Coded(NONE, table.firstNoNumber(place).getAsInt(), table.noNumber(place));
    }
    Categories cells = table.categories(place);
    List<String> values = cells.values();
    double[] codes = values.stream().mapToDouble(this::code).toArray();
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] == WRONG) {
        return new Coded(NONE, cells.row(i), values.get(i));
      }
    }
    return new Coded(
        (rows, from, to, out) -> {
          for (int i = from; i < to; i++) {
            out[i - from] = codes[cells.place(rows[i])];
          }
        },
        table.rows(),
        "");
  }

  private static final NumberColumn NONE = (rows, from, to, out) -> {};

  /** The features of rows that have those codes. */
  List<NumberColumn> features(NumberColumn codes) {
    if (column instanceof FeatureColumns.Column.Numeric
        && width == 1
        && column.blank() instanceof FeatureColumns.Blank.Refused) {
      return ImmutableList.of(codes);
    }
    ImmutableList.Builder<NumberColumn> features = ImmutableList.builder();
    for (int j = 0; j < width; j++) {
      int index = j;
      features.add((rows, from, to, out) -> {
        codes.fill(rows, from, to, out);
        for (int i = 0; i < to - from; i++) {
          out[i] = feature(index, out[i]);
        }
      });
    }
    return features.build();
  }
}
