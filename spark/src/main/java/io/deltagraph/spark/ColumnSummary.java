package io.deltagraph.spark;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;

/** What is to be known of a column: how often it holds what, or sums of its numbers. */
final class ColumnSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean isText;
  private final TreeMap<String, Long> texts = new TreeMap<>();
  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  ColumnSummary(boolean isText) {
    this.isText = isText;
  }

  boolean isText() {
    return isText;
  }

  void add(Object cell) {
    if (isText) {
      texts.merge(cell.toString().strip(), 1L, Long::sum);
    } else {
      double number = ((Number) cell).doubleValue();
      sum.add(number);
      squares.addSquare(number);
      least = Math.min(least, number);
      largest = Math.max(largest, number);
    }
  }

  void add(ColumnSummary other) {
    other.texts.forEach((text, count) -> texts.merge(text, count, Long::sum));
    sum.add(other.sum);
    squares.add(other.squares);
    least = Math.min(least, other.least);
    largest = Math.max(largest, other.largest);
  }

  /** How often each text is there, by letter. */
  Map<String, Long> texts() {
    return texts;
  }

  /** The mean, rounded once. */
  double mean(long rows) {
    return least == largest
        ? least
        : sum.value().divide(BigDecimal.valueOf(rows), MathContext.DECIMAL128).doubleValue();
  }

  /** {@code √(Σ (x − mean)² / n)}, or 1 where all are equal. */
  double deviation(long rows) {
    return least == largest ? 1 : deviation(sum.value(), squares.value(), rows);
  }

  /** The same of features that are 1 in some rows and 0 in the others. */
  static double deviation(long ones, long rows) {
    BigDecimal sum = BigDecimal.valueOf(ones);
    return ones == 0 || ones == rows ? 1 : deviation(sum, sum, rows);
  }

  private static double deviation(BigDecimal sum, BigDecimal squares, long rows) {
    BigDecimal n = BigDecimal.valueOf(rows);
    // n Σ x² − (Σ x)² is exact, so that nothing is lost where the mean is large.
    return squares
        .multiply(n)
        .subtract(sum.multiply(sum))
        .sqrt(MathContext.DECIMAL128)
        .divide(n, MathContext.DECIMAL128)
        .doubleValue();
  }
}
