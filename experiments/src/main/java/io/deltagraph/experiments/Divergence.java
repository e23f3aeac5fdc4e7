package io.deltagraph.experiments;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;

/**
 * How a training went that came to a number that is not finite.
 *
 * @param message what it was, in which epoch, what to do, and the node that made it where that was
 *     found
 * @param seconds how long training went on
 * @param curve of the epochs before
 * @param lastSteps the losses of at most the last {@value #MOST_STEPS} steps, all finite: the next
 *     step is the one that was given up
 */
public record Divergence(
    String message, double seconds, RunReport.Curve curve, List<Double> lastSteps) {
  /** How many steps are kept. */
  public static final int MOST_STEPS = 100;

  /** Copies. */
  public Divergence {
    lastSteps = ImmutableDoubleArray.copyOf(lastSteps).asList();
  }
}
