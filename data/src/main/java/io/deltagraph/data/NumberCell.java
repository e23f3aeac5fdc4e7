package io.deltagraph.data;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Numbers as people write them in tables: sign, digits, a decimal point, an exponent. What {@link
 * Double#parseDouble} takes beyond that ({@code 1f}, {@code 0x1p3}, {@code NaN}) is no number here.
 */
final class NumberCell {
  private static final int LONGEST = 400;
  // Possessive, so that no cell can make it backtrack.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?+");

  private NumberCell() {}

  /**
   * Returns the number, or nothing for a blank, for text and for what is beyond the largest f64.
   */
  static OptionalDouble parse(String cell) {
    if (!isWritten(cell)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(cell.strip());
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Returns whether the cell is written as a number, be it too large for f64. */
  static boolean isWritten(String cell) {
    return cell.length() <= LONGEST && NUMBER.matcher(cell.strip()).matches();
  }
}
