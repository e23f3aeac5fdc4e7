package io.deltagraph.data;

/** How much memory is left, to be asked before it is taken. */
final class Heap {
  /** The part of the largest heap that arrays which stay may fill; collectors need the rest. */
  private static final double SHARE = 0.65;

  private Heap() {}

  /** Returns the bytes that can still be taken for arrays which stay; what is garbage counts. */
  static long free() {
    Runtime java = Runtime.getRuntime();
    return free(java.maxMemory(), java.totalMemory() - java.freeMemory());
  }

  /** Half of what is not used where much is used already: a small table fits there still. */
  static long free(long largest, long used) {
    return Math.max((long) (largest * SHARE) - used, (largest - used) / 2);
  }

  /** Returns whether so many bytes can be taken; where garbage is in the way it is collected. */
  static boolean has(long bytes) {
    if (bytes <= free()) {
      return true;
    }
    System.gc();
    return bytes <= free();
  }
}
