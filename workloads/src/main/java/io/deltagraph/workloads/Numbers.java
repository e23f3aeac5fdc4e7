package io.deltagraph.workloads;

/**
 * Numbers that any engine can make again: the i-th output of SplitMix64 (Steele, Lea and Flood
 * 2014) started at a seed, its upper 24 bits as a fraction. All are floats, so that f32 and f64
 * start from the same.
 */
final class Numbers {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Numbers() {}

  /** The number at {@code index}, from 0 to below 1. */
  static float fraction(long seed, long index) {
    long z = seed + (index + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) * 0x1p-24f;
  }

  /** The number at {@code index}, from −1 to below 1. */
  static float signed(long seed, long index) {
    return 2 * fraction(seed, index) - 1;
  }
}
