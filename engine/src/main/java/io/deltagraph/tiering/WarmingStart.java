package io.deltagraph.tiering;

/** When the steps of a plan begin to be warmed: once, if it is run often enough or takes long. */
public final class WarmingStart {
  /** What runs once or twice is over before anything is compiled, unless it takes long. */
  private static final int RUNS_BEFORE = 3;

  /** So long that the first run is worth it, in nanoseconds. */
  private static final long LONG = 50_000_000;

  /**
   * How long kernels of its own wait for a plan of short runs, in nanoseconds. Compiling them takes
   * a processor for seconds: what is over sooner is done sooner on what all plans share.
   */
  private static final long GRACE = 700_000_000;

  /** A plan with longer runs has few kernels for its work, and does not wait; in nanoseconds. */
  private static final long SHORT = 1_000_000;

  private final long grace;

  /** How many runs start before it is due; negative if it was due, or never is. */
  private int runsBefore;

  private WarmingStart(int runsBefore, long grace) {
    this.runsBefore = runsBefore;
    this.grace = grace;
  }

  /** For steps that are not warmed. */
  public static WarmingStart never() {
    return new WarmingStart(-1, 0);
  }

  /** For a plan of which a run takes about so many nanoseconds. */
  public static WarmingStart of(long nanos) {
    return new WarmingStart(nanos > LONG ? 0 : RUNS_BEFORE, nanos > SHORT ? 0 : GRACE);
  }

  /** How long to wait then before kernels of the plan's own are tried, in nanoseconds. */
  public long grace() {
    return grace;
  }

  /** A run starts: whether the steps are to be warmed from now on. */
  public boolean isDue() {
    if (runsBefore < 0) {
      return false;
    }
    return runsBefore-- == 0;
  }
}
