package io.deltagraph.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader sees them. */
public final class ShownNumber {
  private static final double LARGE = 1e6;
  private static final double SMALL = 1e-4;

  private ShownNumber() {}

  /** A number in four digits, such as {@code 0.03142} or {@code 3.142e-9}. */
  public static String text(double value) {
    return text(value, 4);
  }

  /** A number in so many digits; whole ones below a million in all of theirs. */
  public static String text(double value, int digits) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    String sign = value < 0 ? "−" : "";
    double size = Math.abs(value);
    if (size == 0 || (size == Math.rint(size) && size < LARGE)) {
      return sign + (long) size;
    }
    if (size >= LARGE || size < SMALL) {
      String text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", size);
      return sign
          + text.replaceFirst("\\.?0*e", "e")
              .replaceFirst("e([+-])0", "e$1")
              .replace("e+", "e")
              .replace("e-", "e−");
    }
    BigDecimal rounded = new BigDecimal(size).round(new MathContext(digits));
    return sign + rounded.stripTrailingZeros().toPlainString();
  }

  /** A power of ten, from a thousand and a thousandth on such as {@code 1e−4}. */
  public static String power(double value) {
    long exponent = Math.round(Math.log10(value));
    return Math.abs(exponent) < 3
        ? text(value)
        : "1e" + (exponent < 0 ? "−" : "") + Math.abs(exponent);
  }

  /** A coordinate or a length, to a tenth of a pixel. */
  public static String pixels(double value) {
    double tenths = Math.rint(value * 10) / 10;
    return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : Double.toString(tenths);
  }
}
