package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * The scores of predicted numbers.
 *
 * @param rows the number n of rows
 * @param r2 {@code 1 − Σ (t − y)² / Σ (t − mean t)²}
 * @param rmse {@code √(1/n Σ (t − y)²)}, in the unit of the target
 * @param mae {@code 1/n Σ |t − y|}, in the unit of the target
 */
public record RegressionReport(int rows, Score r2, Score rmse, Score mae) implements ScoreReport {
  /**
   * Scores.
   *
   * @param truth n numbers
   * @param predicted n numbers
   * @return R² is undefined where all true numbers are equal; all are undefined without rows, or
   *     where a prediction is not finite
   * @throws IllegalArgumentException for another number of rows, or a true number that is not
   *     finite
   */
  public static RegressionReport of(List<Double> truth, List<Double> predicted) {
    int n = truth.size();
    checkArgument(n == predicted.size(), "%s true and %s predicted numbers", n, predicted.size());
    if (n == 0) {
      return undefined(0, "no rows");
    }
    double mean = 0;
    for (int i = 0; i < n; i++) {
      checkArgument(
          Double.isFinite(truth.get(i)), "row %s: the true number is %s", i, truth.get(i));
      if (!Double.isFinite(predicted.get(i))) {
        return undefined(n, "the prediction of row " + i + " is " + predicted.get(i));
      }
      mean += truth.get(i) / n;
    }
    SquareSum residual = new SquareSum();
    SquareSum total = new SquareSum();
    double absolute = 0;
    double first = truth.getFirst();
    boolean constant = true;
    for (int i = 0; i < n; i++) {
      double error = truth.get(i) - predicted.get(i);
      residual.add(error);
      absolute += Math.abs(error);
      total.add(truth.get(i) - mean);
      constant &= truth.get(i) == first;
    }
    Score r2 =
        constant
            ? new Score.Undefined("all true values are equal")
            : finite(1 - residual.over(total));
    return new RegressionReport(n, r2, finite(residual.rootOfMean(n)), finite(absolute / n));
  }

  private static Score finite(double value) {
    return Double.isFinite(value)
        ? new Score.Defined(value)
        : new Score.Undefined("too large for f64");
  }

  private static RegressionReport undefined(int rows, String reason) {
    Score none = new Score.Undefined(reason);
    return new RegressionReport(rows, none, none, none);
  }
}
