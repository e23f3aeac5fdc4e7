package io.deltagraph.runtime;

import io.deltagraph.plan.Plan;

/**
 * How long each step of a plan took, summed over the runs that were timed with it: {@link
 * BoundSession#run(StepTimes)}. The clock is read between the steps, and what reading it costs,
 * measured at the start of each run, is taken off. Very short steps look a little longer than they
 * are, since the processor cannot overlap them across a reading of the clock.
 */
public final class StepTimes {
  private final long[] nanos;
  private long clock;
  private int runs;

  private StepTimes(int steps) {
    nanos = new long[steps];
  }

  /** No run yet. */
  public static StepTimes of(Plan plan) {
    return new StepTimes(plan.steps().size() + plan.commits().size());
  }

  /** A run starts; gives the time. */
  long start() {
    long before = System.nanoTime();
    long now = System.nanoTime();
    clock += now - before;
    runs++;
    return now;
  }

  /** A step that started then is over; gives the time. */
  long end(int step, long started) {
    long now = System.nanoTime();
    nanos[step] += now - started;
    return now;
  }

  /** How many runs were timed. */
  public int runs() {
    return runs;
  }

  /** What reading the clock costs, which is taken off each step's time: nanoseconds, the mean. */
  public double clockNanos() {
    return (double) clock / Math.max(runs, 1);
  }

  /**
   * The time of a step in all runs, in nanoseconds.
   *
   * @param step counted from 0: the plan's steps, then its commits
   */
  public double nanos(int step) {
    return Math.max(0.0, nanos[step] - (double) clock);
  }
}
