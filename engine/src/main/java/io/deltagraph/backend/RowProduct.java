package io.deltagraph.backend;

/**
 * The inner loop of the plain loops' matrix products: {@code to[j] += Σ x[k] · y[k][j]}. Each sum
 * takes its terms by fused multiply-add in ascending {@code k}, so that all give the same bits. One
 * piece of code serves all products, of whatever sizes: it is compiled long before kernels that
 * were made for one.
 */
public interface RowProduct {

  /**
   * Adds to a row.
   *
   * @param a where the factors {@code x[k]} begin, which lie together
   * @param b where {@code y[0][0]} is
   * @param stride how far {@code y[k + 1][j]} lies from {@code y[k][j]}
   * @param at where {@code to[0]} is
   * @param count the number of sums
   */
  void add(
      double[] x, int a, double[] y, int b, int stride, int terms, double[] to, int at, int count);

  /** The same in single precision. */
  void add(
      float[] x, int a, float[] y, int b, int stride, int terms, float[] to, int at, int count);
}
