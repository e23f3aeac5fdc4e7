package io.deltagraph.data;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What columns to learn from are taken for where their cells leave a choice.
 *
 * @param oneHot columns that hold categories whatever their cells look like
 * @param missing what stands for a blank cell of each column
 * @param unseenAsZeros whether a category that training has not seen becomes 0 in all features of
 *     its column, in place of being refused
 * @param dateParts whether a date becomes year, month, day and day of the week, in place of days
 *     since 1970-01-01
 * @param mostCategories how many categories a column of texts may have that is not listed
 */
public record ColumnOptions(
    List<String> oneHot,
    MissingRules missing,
    boolean unseenAsZeros,
    boolean dateParts,
    int mostCategories) {
  /** The most categories where nothing else is said. */
  public static final int MOST_CATEGORIES = 100;

  public ColumnOptions {
    oneHot = ImmutableList.copyOf(oneHot);
  }

  /** The same rule for blank cells of all columns. */
  public ColumnOptions(
      List<String> oneHot,
      MissingRule missing,
      boolean unseenAsZeros,
      boolean dateParts,
      int mostCategories) {
    this(oneHot, MissingRules.all(missing), unseenAsZeros, dateParts, mostCategories);
  }

  /** Blanks and unknown categories are refused, and dates are days. */
  public static ColumnOptions categories(List<String> oneHot) {
    return new ColumnOptions(oneHot, MissingRule.REFUSE, false, false, MOST_CATEGORIES);
  }
}
