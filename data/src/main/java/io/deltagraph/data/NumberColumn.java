package io.deltagraph.data;

/** A number for each row of a table, be it stored or computed where it is asked for. */
@FunctionalInterface
interface NumberColumn {
  /** How many rows are asked for at a time where it is the caller's choice. */
  int BLOCK = 64;

  /**
   * Writes the numbers of some rows, the first of them to place 0.
   *
   * @param rows numbers of rows, of which those count from {@code from} to before {@code to}
   */
  void fill(int[] rows, int from, int to, double[] out);
}
