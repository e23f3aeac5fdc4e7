package io.deltagraph.tiering;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Whether helpers share the runs of a plan: whichever was faster when both were tried last. How
 * long a helper takes to see a task, and what it costs when two processors write to the same piece
 * of memory, differs tenfold between two pairs of processors of one machine and changes while a
 * program runs. So every now and then some runs are timed with helpers, and as many without.
 * Allocates nothing.
 */
public final class Sharing {
  /** How many runs with helpers a trial times, and how many without; the medians are compared. */
  static final int TIMED = 9;

  /** How many untimed runs come first: helpers wake up, and their caches fill. */
  static final int BEFORE = 7;

  /** How many runs at least lie between two trials, and about how many nanoseconds. */
  static final int APART = 500;

  static final long APART_NANOS = 100_000_000;

  /** Runs of so many nanoseconds are shared without a trial. */
  static final long SURE = 3_000_000;

  private final LongSupplier clock;
  private final long[] times = new long[TIMED];

  /** Whether there are trials at all. */
  private boolean tries;

  private boolean shared;

  /** Whether one goes on now. */
  private boolean trial;

  private long withHelpers;
  private long started;
  private long spent;

  /** How many runs of a trial are over, with helpers or without. */
  private int run;

  /** How many runs are left until the next trial. */
  private int left;

  /** Shares nothing before {@link #begin}. */
  public Sharing(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Begins anew, since the tasks have changed.
   *
   * @param nanos about how long the tasks of a run that can be shared take together
   */
  public void begin(long nanos) {
    shared = nanos > 0;
    tries = shared && nanos < SURE;
    trial = tries;
    spent = 0;
    run = 0;
  }

  /**
   * A run starts, or its inputs are set. The latter belongs to its time: it writes to memory that
   * helpers have read.
   */
  public void start() {
    if (trial) {
      started = clock.getAsLong();
    }
  }

  /** The inputs are set; the run itself starts later. */
  public void pause() {
    if (trial) {
      spent += clock.getAsLong() - started;
    }
  }

  /** The run that started last is over. */
  public void end() {
    if (trial) {
      tried(spent + clock.getAsLong() - started);
      spent = 0;
    } else if (tries && --left <= 0) {
      trial = true;
      shared = true;
    }
  }

  /** Whether helpers share the run that starts now. */
  public boolean isShared() {
    return shared;
  }

  private void tried(long nanos) {
    if (run >= BEFORE) {
      times[run - BEFORE] = nanos;
    }
    if (++run < BEFORE + TIMED) {
      return;
    }
    run = 0;
    Arrays.sort(times);
    long median = times[TIMED / 2];
    if (shared) {
      withHelpers = median;
      shared = false;
    } else {
      trial = false;
      shared = withHelpers < median;
      long each = Math.max(1, Math.min(withHelpers, median));
      left = (int) Math.max(APART, APART_NANOS / each);
    }
  }
}
