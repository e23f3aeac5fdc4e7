package io.deltagraph.simd;

/** What every generated class implements. */
interface GeneratedKernel {

  /**
   * Computes the units {@code from} up to but not including {@code to}; what a unit is, the
   * kernel's description says.
   *
   * @param arrays the arrays that it reads and writes
   * @param offsets for each of them, the index at which unit 0 begins
   */
  void run(Object[] arrays, int[] offsets, int from, int to);
}
