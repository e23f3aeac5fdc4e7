package io.deltagraph.tiering;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Whether the runs of a plan are shared with helpers, by which is faster here and now. How long a
 * helper takes to see a task, and what it costs that both write to neighbouring memory, differs
 * tenfold between two pairs of processors of one machine and changes while a program runs. So now
 * and then some runs are timed with helpers, and some without. Allocates nothing.
 */
public final class Sharing {
  /** How many runs of a trial are timed; the median counts. */
  static final int TIMED = 9;

  /** How many go before them: helpers wake up, and what they work on moves to their caches. */
  static final int BEFORE = 7;

  /** How many runs lie between two trials, and about how many nanoseconds, whichever is longer. */
  static final int APART = 500;

  static final long APART_NANOS = 100_000_000;

  /** A plan that takes so many nanoseconds is shared without a trial. */
  static final long SURE = 3_000_000;

  private final LongSupplier clock;
  private final long[] times = new long[TIMED];
  private boolean tries;
  private boolean shared;
  private boolean trial;
  private long withHelpers;
  private long started;
  private long spent;
  private int run;
  private int left;

  /** Nothing is shared before {@link #of}. */
  public Sharing(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * The tasks changed: what was found out holds no more.
   *
   * @param nanos about how long those of a run take together that can be shared
   */
  public void of(long nanos) {
    shared = nanos > 0;
    tries = shared && nanos < SURE;
    trial = tries;
    spent = 0;
    run = 0;
  }

  /** A run starts, or its inputs are set before it, which writes to what helpers have read. */
  public void start() {
    if (trial) {
      started = clock.getAsLong();
    }
  }

  /** Its inputs are set. */
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

  /** Whether the run is shared. */
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
