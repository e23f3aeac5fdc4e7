package io.deltagraph.data;

import java.util.OptionalDouble;

/**
 * Numbers as people write them in tables: sign, digits, a decimal point, an exponent. What {@link
 * Double#parseDouble} takes beyond that ({@code 1f}, {@code 0x1p3}, {@code NaN}) is no number here.
 */
final class NumberCell {
  private static final int LONGEST = 400;

  /** Up to here a double holds every whole number. */
  private static final long EXACT = 1L << 53;

  /** The powers of ten that a double holds; 10²² is the last. */
  private static final double[] POWERS = new double[23];

  private static final int LARGEST_EXPONENT = 100_000;

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private NumberCell() {}

  /**
   * Returns the number, or nothing for a blank, for text and for what is beyond the largest f64.
   */
  static OptionalDouble parse(String cell) {
    double value = value(cell);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Returns whether the cell is written as a number, be it too large for f64. */
  static boolean isWritten(String cell) {
    return !Double.isNaN(value(cell));
  }

  /** As {@link #parse(char[], int, int)}. */
  static double value(String cell) {
    return parse(cell.toCharArray(), 0, cell.length());
  }

  /**
   * Returns the f64 nearest to the number, infinite where it is beyond the largest, or NaN for what
   * is not written as one; spaces around it are dropped.
   */
  static double parse(char[] text, int from, int length) {
    if (length > LONGEST) {
      return Double.NaN;
    }
    int at = from;
    int end = from + length;
    while (at < end && Character.isWhitespace(text[at])) {
      at++;
    }
    while (end > at && Character.isWhitespace(text[end - 1])) {
      end--;
    }
    int start = at;
    boolean negative = at < end && text[at] == '-';
    if (negative || (at < end && text[at] == '+')) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int decimals = 0;
    boolean exact = true;
    boolean point = false;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        exact &= digits < EXACT / 10;
        digits = exact ? digits * 10 + digit : digits;
        count++;
        decimals += point ? 1 : 0;
      } else if (text[at] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      boolean down = at < end && text[at] == '-';
      if (down || (at < end && text[at] == '+')) {
        at++;
      }
      int first = at;
      for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
        exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + text[at] - '0');
      }
      if (at == first) {
        return Double.NaN;
      }
      exponent = down ? -exponent : exponent;
    }
    if (at < end) {
      return Double.NaN;
    }
    int power = exponent - decimals;
    if (!exact || Math.abs(power) >= POWERS.length) {
      return Double.parseDouble(new String(text, start, end - start));
    }
    // Both are held exactly, so that the one rounding is that of the quotient or the product.
    double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
    return negative ? -value : value;
  }
}
