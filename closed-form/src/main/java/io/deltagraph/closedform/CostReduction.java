package io.deltagraph.closedform;

/**
 * How a cost joins the terms of n samples and k outputs; a wrong factor of n or k is the commonest
 * mistake of a hand derivation.
 */
public enum CostReduction {
  /** The sum over samples and outputs. */
  SUM,
  /** The sum over outputs, the mean over samples: {@code 1/n Σi Σj}. */
  MEAN_OVER_SAMPLES,
  /** The mean over samples and outputs: {@code 1/(n k) Σi Σj}. */
  MEAN_OVER_ALL;

  /** The factor in front of the double sum. */
  double factor(int samples, int outputs) {
    return switch (this) {
      case SUM -> 1;
      case MEAN_OVER_SAMPLES -> 1.0 / samples;
      case MEAN_OVER_ALL -> 1.0 / ((double) samples * outputs);
    };
  }
}
