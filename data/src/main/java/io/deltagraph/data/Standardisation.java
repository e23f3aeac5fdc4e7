package io.deltagraph.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.IntStream;

/** How features are scaled; what a rule learns from training rows is a {@link Scaling}. */
public sealed interface Standardisation {
  /**
   * Learns shift and divisor of every column. Hand in the training rows only: a mean over held-out
   * rows would leak them into training.
   *
   * @throws IllegalArgumentException for no rows
   */
  Scaling fit(Features training);

  /** Leaves the features as they are. */
  record None() implements Standardisation {
    @Override
    public Scaling fit(Features training) {
      return Scaling.of(training, j -> 0, j -> 1);
    }
  }

  /**
   * {@code (x − mean) / deviation}, with the deviation of the population, {@code √(Σ (x − mean)² /
   * n)}. A constant column becomes 0.
   */
  record MeanDeviation() implements Standardisation {
    @Override
    public Scaling fit(Features training) {
      double[] means = new double[training.columns()];
      double[] deviations = new double[training.columns()];
      int n = training.rows();
      for (int j = 0; j < means.length && n > 0; j++) {
        if (constant(training, j)) {
          // Its mean may be rounded away from its value, and a spread of one rounding must not pass
          // for a deviation.
          means[j] = training.at(0, j);
          continue;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
          // Divided first: a sum of large numbers must not overflow.
          sum += training.at(i, j) / n;
        }
        double correction = 0;
        for (int i = 0; i < n; i++) {
          correction += (training.at(i, j) - sum) / n;
        }
        means[j] = sum + correction;
        double largest = 0;
        for (int i = 0; i < n; i++) {
          largest = Math.max(largest, Math.abs(training.at(i, j) - means[j]));
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
          double part = (training.at(i, j) - means[j]) / largest;
          squares += part * part;
        }
        deviations[j] = largest * Math.sqrt(squares / n);
      }
      return Scaling.of(training, j -> means[j], j -> deviations[j]);
    }

    private static boolean constant(Features training, int column) {
      return IntStream.range(1, training.rows())
          .allMatch(row -> training.at(row, column) == training.at(0, column));
    }
  }

  /** {@code (x − min) / (max − min)}: training rows land in [0, 1]. A constant column becomes 0. */
  record MinMax() implements Standardisation {
    @Override
    public Scaling fit(Features training) {
      double[] low = new double[training.columns()];
      double[] high = new double[training.columns()];
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, Double.NEGATIVE_INFINITY);
      for (int i = 0; i < training.rows(); i++) {
        for (int j = 0; j < low.length; j++) {
          low[j] = Math.min(low[j], training.at(i, j));
          high[j] = Math.max(high[j], training.at(i, j));
        }
      }
      return Scaling.of(training, j -> low[j], j -> high[j] - low[j]);
    }
  }

  /**
   * {@code x / divisor}, for columns of one known scale such as pixels.
   *
   * @param divisor finite and not 0
   */
  record Divide(double divisor) implements Standardisation {
    /**
     * Checks the divisor.
     *
     * @throws IllegalArgumentException if it is 0 or not finite
     */
    public Divide {
      if (divisor == 0 || !Double.isFinite(divisor)) {
        throw new IllegalArgumentException("cannot divide features by " + divisor);
      }
    }

    @Override
    public Scaling fit(Features training) {
      return new Scaling(
          training.names(),
          Collections.nCopies(training.columns(), 0.0),
          Collections.nCopies(training.columns(), divisor));
    }
  }
}
