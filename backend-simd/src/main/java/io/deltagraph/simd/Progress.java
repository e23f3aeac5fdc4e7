package io.deltagraph.simd;

/** How far the compiler has got with a kernel, whoever calls it. */
final class Progress {
  /**
   * From here on all that is left is to wait. The quick compiler gives up on the longest kernels;
   * HotSpot then counts 6,000 calls in the interpreter before it profiles them there.
   */
  private static final int ENOUGH = 9_000;

  /** After so many calls the rehearsal is over, whatever came of it. */
  private static final int MOST = 30_000;

  /** How many looks in a row are fine once it is compiled. */
  private static final int SURE = 2;

  private int calls;
  private int fine;

  /** Counts a call; how many there were. */
  synchronized int call() {
    return ++calls;
  }

  /** Notes whether a call was one of compiled code. */
  synchronized void seen(boolean compiled) {
    fine = compiled ? fine + 1 : 0;
  }

  /** Whether the last calls that were looked at were of compiled code. */
  synchronized boolean isFine() {
    return fine >= SURE;
  }

  /** Whether there is nothing more to do. */
  synchronized boolean isDone() {
    return isFine() || calls > MOST;
  }

  /** Whether the compiler has been shown enough. */
  synchronized boolean hasEnough() {
    return calls >= ENOUGH;
  }
}
