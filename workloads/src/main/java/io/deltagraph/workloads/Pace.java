package io.deltagraph.workloads;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * How long a step takes once it is steady.
 *
 * @param stepMicros the median of the repeats' means
 * @param fastestMicros the fastest repeat's mean
 * @param slowestMicros the slowest repeat's mean
 * @param warmUpSeconds how long it ran before the repeats
 * @param steady whether the warm-up ended because the pace had settled, not because its time was up
 */
public record Pace(
    double stepMicros,
    double fastestMicros,
    double slowestMicros,
    double warmUpSeconds,
    boolean steady) {

  /** A pace has settled when so many windows in a row are about as fast as the fastest so far. */
  private static final int SETTLED_WINDOWS = 4;

  private static final double SETTLED_WITHIN = 1.05;

  /**
   * How long to measure.
   *
   * @param warmUpSeconds the most time before the repeats
   * @param repeats how many means the median is taken of
   * @param repeatSeconds the time of each, and of a window of the warm-up; at least one step
   */
  public record Effort(double warmUpSeconds, int repeats, double repeatSeconds) {
    /** Up to ten seconds of warm-up, then nine repeats of a quarter of a second. */
    public static Effort full() {
      return new Effort(10, 9, 0.25);
    }

    /** About half a second: enough to see that it works. */
    public static Effort quick() {
      return new Effort(0.3, 3, 0.05);
    }
  }

  /**
   * Runs a step until its pace has settled, then measures it.
   *
   * @param step is given the numbers 0, 1, …
   * @param isWarm whether it runs as it will from now on; before, no pace counts as settled
   */
  public static Pace of(IntConsumer step, BooleanSupplier isWarm, Effort effort) {
    long window = (long) (effort.repeatSeconds() * 1e9);
    long start = System.nanoTime();
    double fastest = Double.POSITIVE_INFINITY;
    int settled = 0;
    int number = 0;
    int steps = 1;
    double elapsed = 0;
    while (settled < SETTLED_WINDOWS && elapsed < effort.warmUpSeconds()) {
      boolean warm = isWarm.getAsBoolean();
      double mean = mean(step, number, steps);
      number += steps;
      settled = warm && mean <= fastest * SETTLED_WITHIN ? settled + 1 : 0;
      // A window that is much faster than all before starts the count anew.
      settled = mean < fastest / SETTLED_WITHIN ? Math.min(settled, 1) : settled;
      fastest = Math.min(fastest, mean);
      steps = steps(window, mean);
      elapsed = (System.nanoTime() - start) * 1e-9;
    }
    double[] means = new double[effort.repeats()];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(step, number, steps) * 1e-3;
      number += steps;
    }
    Arrays.sort(means);
    return new Pace(
        means[means.length / 2],
        means[0],
        means[means.length - 1],
        elapsed,
        settled >= SETTLED_WINDOWS);
  }

  private static int steps(long window, double mean) {
    return Math.clamp(Math.round(window / mean), 1, 1 << 24);
  }

  private static double mean(IntConsumer step, int from, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.accept((from + i) & Integer.MAX_VALUE);
    }
    return Math.max(1.0, (System.nanoTime() - start) / (double) steps);
  }
}
