package io.deltagraph.closedform;

import java.util.List;

/**
 * What the ways to draw the first weights do to the signals (000 §4.5; 001; 002), and how many
 * there are to draw.
 */
public final class InitialisationFormulas {
  private InitialisationFormulas() {}

  /**
   * {@code 1/√fan_in}, the deviation of normal weights that keeps the variance of z at the mean
   * square of the inputs (000 §4.5).
   */
  public static double normalDeviation(int fanIn) {
    return 1 / Math.sqrt(fanIn);
  }

  /** {@code ε/√3}, the deviation of weights drawn evenly from [−ε, ε] (002). */
  public static double uniformDeviation(double epsilon) {
    return epsilon / Math.sqrt(3);
  }

  /**
   * {@code Var z = deviation² Σ x²}: the variance of {@code z = w·x} over independent weights of
   * mean 0.
   */
  public static double signalVariance(double deviation, double[] x) {
    return deviation * deviation * Matrices.dot(x, x);
  }

  /**
   * {@code E z = ½ Σ x}: the mean of z with weights drawn evenly from [0, 1], which leaves [−6, 6]
   * as inputs grow in number (000 §4.5).
   */
  public static double unitUniformMean(double[] x) {
    double sum = 0;
    for (double xi : x) {
      sum += xi;
    }
    return sum / 2;
  }

  /** {@code Var z = Σ x² / 12} with weights drawn evenly from [0, 1]. */
  public static double unitUniformVariance(double[] x) {
    return Matrices.dot(x, x) / 12;
  }

  /** Whether σ is saturated at z: outside [−6, 6], where σ' is below 0.0025 (000 §4.5). */
  public static boolean saturated(double z) {
    return Math.abs(z) > 6;
  }

  /**
   * {@code ¼^k}, the largest factor that k sigmoid layers can put between a delta and the one k
   * layers above it, weights aside (000 §4.5; 003).
   */
  public static double plateauBound(int sigmoidLayers) {
    return Math.pow(0.25, sigmoidLayers);
  }

  /**
   * {@code Σ d(l−1) d(l)}, the weights of a net of these widths, biases left out: 784-100-10 has
   * 79,400 (000 §4.1).
   */
  public static long weightCount(List<Integer> widths) {
    long count = 0;
    for (int l = 1; l < widths.size(); l++) {
      count += (long) widths.get(l - 1) * widths.get(l);
    }
    return count;
  }
}
