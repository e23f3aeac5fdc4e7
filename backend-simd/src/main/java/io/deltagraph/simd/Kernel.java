package io.deltagraph.simd;

/** What a generated class does. */
interface Kernel {

  /**
   * Computes a range.
   *
   * @param arrays the arrays that it reads and writes
   * @param offsets where in each of them the range's origin lies
   */
  void run(Object[] arrays, int[] offsets, int from, int to);
}
