package io.deltagraph.data;

/** How much memory is left, to be asked before it is taken. */
final class Heap {
  /** The part of the largest heap that arrays which stay may fill; collectors need the rest. */
  private static final double SHARE = 0.65;

  private Heap() {}

  /** Returns the bytes that can still be taken for arrays which stay; what is garbage counts. */
  static long free() {
    Runtime java = Runtime.getRuntime();
    long used = java.totalMemory() - java.freeMemory();
    return (long) (java.maxMemory() * SHARE) - used;
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
