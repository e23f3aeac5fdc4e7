package io.deltagraph.tiering;

/** When the steps of a plan begin to be warmed: once, if it is run often enough or takes long. */
public final class WarmingStart {
  /** What runs once or twice is over before anything is compiled, unless it takes long. */
  private static final int RUNS_BEFORE = 3;

  /** So long that the first run is worth it, in nanoseconds. */
  private static final long LONG = 50_000_000;

  /** How many runs start before it is due; negative if it was due, or never is. */
  private int runsBefore;

  private WarmingStart(int runsBefore) {
    this.runsBefore = runsBefore;
  }

  /** For steps that are not warmed. */
  public static WarmingStart never() {
    return new WarmingStart(-1);
  }

  /** For a plan of which a run takes about so many nanoseconds. */
  public static WarmingStart of(long nanos) {
    return new WarmingStart(nanos > LONG ? 0 : RUNS_BEFORE);
  }

  /** A run starts: whether the steps are to be warmed from now on. */
  public boolean isDue() {
    if (runsBefore < 0) {
      return false;
    }
    return runsBefore-- == 0;
  }
}
