package io.deltagraph.data;

import java.util.Arrays;
import java.util.Collections;

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
      double[] x = new double[n];
      for (int j = 0; j < means.length && n > 0; j++) {
        training.fill(j, x);
        if (constant(x)) {
          // Its mean may be rounded away from its value, and a spread of one rounding must not pass
          // for a deviation.
          means[j] = x[0];
          continue;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
          // Divided first: a sum of large numbers must not overflow.
          sum += x[i] / n;
        }
        double correction = 0;
        for (int i = 0; i < n; i++) {
          correction += (x[i] - sum) / n;
        }
        means[j] = sum + correction;
        double largest = 0;
        for (int i = 0; i < n; i++) {
          largest = Math.max(largest, Math.abs(x[i] - means[j]));
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
          double part = (x[i] - means[j]) / largest;
          squares += part * part;
        }
        deviations[j] = largest * Math.sqrt(squares / n);
      }
      return Scaling.of(training, j -> means[j], j -> deviations[j]);
    }

    private static boolean constant(double[] x) {
      return Arrays.stream(x).allMatch(value -> value == x[0]);
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
      double[] x = new double[training.rows()];
      for (int j = 0; j < low.length; j++) {
        training.fill(j, x);
        for (double value : x) {
          low[j] = Math.min(low[j], value);
          high[j] = Math.max(high[j], value);
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
