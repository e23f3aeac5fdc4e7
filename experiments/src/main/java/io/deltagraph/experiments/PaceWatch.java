package io.deltagraph.experiments;

import io.deltagraph.training.StepTiers;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Watches how soon training is fast; allocates nothing on the way. */
final class PaceWatch {
  private static final double FIRST = 1;

  /** A shorter time says little about the pace in it. */
  private static final double LEAST = 0.1;

  private final LongSupplier nanoTime;
  private final long start;
  private @Nullable StepTiers tiers;
  private long rows;
  private double seconds;
  private double firstSecond;
  private double settledAfter = Double.NaN;
  private long rowsBefore;

  /** Training begins. */
  PaceWatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
  }

  void started(StepTiers steps) {
    tiers = steps;
  }

  /**
   * A step has ended.
   *
   * @param epoch from 1; the plans of all sizes of batch are there from the second on
   */
  void stepped(int epoch, int batch) {
    rows += batch;
    boolean first = seconds < FIRST;
    seconds = (nanoTime.getAsLong() - start) * 1e-9;
    if (first) {
      firstSecond = rows / seconds;
    }
    if (Double.isNaN(settledAfter) && epoch > 1 && tiers != null && tiers.isSettled()) {
      settledAfter = seconds;
      rowsBefore = rows;
    }
  }

  /** As it was until the last step. */
  RunReport.Pace pace() {
    double since = seconds - settledAfter;
    StepTiers steps = tiers;
    return new RunReport.Pace(
        firstSecond,
        Double.isNaN(settledAfter) ? OptionalDouble.empty() : OptionalDouble.of(settledAfter),
        since >= LEAST ? OptionalDouble.of((rows - rowsBefore) / since) : OptionalDouble.empty(),
        steps == null ? 0 : steps.fastSteps(),
        steps == null ? 0 : steps.steps());
  }
}
