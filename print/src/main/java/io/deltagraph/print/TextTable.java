package io.deltagraph.print;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.deltagraph.registry.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A table of text whose columns are aligned to the right, two spaces apart; cells are escaped, so
 * that each row is a line.
 */
public final class TextTable {
  private final int columns;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(int columns) {
    this.columns = columns;
  }

  /** Returns a table with the given titles and no rows. */
  public static TextTable of(List<String> titles) {
    return new TextTable(titles.size()).row(titles);
  }

  /** Returns a table with the given titles and no rows. */
  public static TextTable of(String... titles) {
    return of(ImmutableList.copyOf(titles));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException unless there are as many cells as titles
   */
  public TextTable row(List<String> cells) {
    checkArgument(cells.size() == columns, "%s cells under %s titles", cells.size(), columns);
    rows.add(cells.stream().map(Shown::line).collect(ImmutableList.toImmutableList()));
    return this;
  }

  /** Adds a row. */
  public TextTable row(String... cells) {
    return row(ImmutableList.copyOf(cells));
  }

  /** Returns the lines, each ended by {@code \n}, without spaces at their ends. */
  public String text() {
    return aligned(column -> false, false);
  }

  /** Returns the same lines with columns aligned to the left. */
  public String leftAligned() {
    return aligned(column -> true, false);
  }

  /**
   * Returns the same lines with a rule under the titles.
   *
   * @param left which columns, counted from 0, are aligned to the left
   */
  public String ruled(IntPredicate left) {
    return aligned(left, true);
  }

  private String aligned(IntPredicate left, boolean ruled) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int j = 0; j < columns; j++) {
        widths[j] = Math.max(widths[j], length(row.get(j)));
      }
    }
    List<List<String>> lines = new ArrayList<>(rows);
    if (ruled) {
      lines.add(1, Arrays.stream(widths).mapToObj("-"::repeat).toList());
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : lines) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < columns; j++) {
        String cell = row.get(j);
        String padding = " ".repeat(widths[j] - length(cell));
        line.append(j == 0 ? "" : "  ");
        line.append(left.test(j) ? cell : padding).append(left.test(j) ? padding : cell);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
