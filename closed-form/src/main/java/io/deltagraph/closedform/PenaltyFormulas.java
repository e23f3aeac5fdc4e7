package io.deltagraph.closedform;

/**
 * Penalties and constraints on weights; biases are never passed here, because the notes leave them
 * out.
 */
public final class PenaltyFormulas {
  private PenaltyFormulas() {}

  /** {@code λ/(2m) Σ W²} (002). */
  public static double l2(double[][] weights, double strength, int samples) {
    return strength / (2 * samples) * sumOfSquares(weights);
  }

  /** {@code λ/m Σ |W|}; not in the notes. */
  public static double l1(double[][] weights, double strength, int samples) {
    return strength / samples * norm1(weights);
  }

  /** {@code λ/m W}, what the penalty adds to {@code ∂C/∂W} (002). */
  public static double[][] l2Gradient(double[][] weights, double strength, int samples) {
    double[][] gradient = Matrices.copy(weights);
    for (double[] row : gradient) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= strength / samples;
      }
    }
    return gradient;
  }

  /** {@code ‖W‖_2}, the Euclidean length of all entries. */
  public static double norm2(double[][] weights) {
    return Math.sqrt(sumOfSquares(weights));
  }

  /** {@code ‖W‖_1}, the sum of the absolute values of all entries. */
  public static double norm1(double[][] weights) {
    double sum = 0;
    for (double[] row : weights) {
      for (double w : row) {
        sum += Math.abs(w);
      }
    }
    return sum;
  }

  /**
   * The nearest matrix with {@code ‖W‖_2 ≤ radius}: {@code W min(1, radius/‖W‖_2)} (003, the
   * constraint after eq. 34).
   */
  public static double[][] projectOntoL2Ball(double[][] weights, double radius) {
    requireRadius(radius);
    double norm = norm2(weights);
    double[][] result = Matrices.copy(weights);
    if (norm > radius) {
      for (double[] row : result) {
        for (int j = 0; j < row.length; j++) {
          row[j] *= radius / norm;
        }
      }
    }
    return result;
  }

  /**
   * The nearest matrix with {@code ‖W‖_1 ≤ radius}: {@code sign(w) max(|w| − τ, 0)}, with the τ at
   * which the norm is the radius (003, the constraint after eq. 34; Duchi and others, 2008).
   */
  public static double[][] projectOntoL1Ball(double[][] weights, double radius) {
    requireRadius(radius);
    double[][] result = Matrices.copy(weights);
    if (norm1(weights) <= radius) {
      return result;
    }
    double[] sorted =
        java.util.Arrays.stream(weights)
            .flatMapToDouble(java.util.Arrays::stream)
            .map(Math::abs)
            .sorted()
            .toArray();
    double sum = 0;
    double threshold = 0;
    for (int k = 1; k <= sorted.length; k++) {
      double next = sorted[sorted.length - k];
      sum += next;
      double candidate = (sum - radius) / k;
      if (next > candidate) {
        threshold = candidate;
      }
    }
    for (double[] row : result) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.copySign(Math.max(Math.abs(row[j]) - threshold, 0), row[j]);
      }
    }
    return result;
  }

  static double sumOfSquares(double[][] weights) {
    double sum = 0;
    for (double[] row : weights) {
      for (double w : row) {
        sum += w * w;
      }
    }
    return sum;
  }

  private static void requireRadius(double radius) {
    if (!(radius > 0)) {
      throw new IllegalArgumentException(
          "the radius is " + radius + ", expected a positive number");
    }
  }
}
