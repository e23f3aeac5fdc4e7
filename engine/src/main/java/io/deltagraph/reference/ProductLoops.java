package io.deltagraph.reference;

import io.deltagraph.backend.RowProduct;

/**
 * One row of a matrix product: {@code to[j] += Σ a[k] · b[k][j]} in ascending {@code k}, by fused
 * multiply-add. Four terms at a time keep the sums in registers without changing the order.
 */
final class ProductLoops implements RowProduct {

  @Override
  public void add(
      double[] x, int a, double[] y, int b, int stride, int terms, double[] to, int at, int count) {
    int k = 0;
    for (; k + 3 < terms; k += 4) {
      int row = b + k * stride;
      double x0 = x[a + k];
      double x1 = x[a + k + 1];
      double x2 = x[a + k + 2];
      double x3 = x[a + k + 3];
      for (int j = 0; j < count; j++) {
        double sum = Math.fma(x0, y[row + j], to[at + j]);
        sum = Math.fma(x1, y[row + stride + j], sum);
        sum = Math.fma(x2, y[row + 2 * stride + j], sum);
        to[at + j] = Math.fma(x3, y[row + 3 * stride + j], sum);
      }
    }
    for (; k < terms; k++) {
      int row = b + k * stride;
      double x0 = x[a + k];
      for (int j = 0; j < count; j++) {
        to[at + j] = Math.fma(x0, y[row + j], to[at + j]);
      }
    }
  }

  @Override
  public void add(
      float[] x, int a, float[] y, int b, int stride, int terms, float[] to, int at, int count) {
    int k = 0;
    for (; k + 3 < terms; k += 4) {
      int row = b + k * stride;
      float x0 = x[a + k];
      float x1 = x[a + k + 1];
      float x2 = x[a + k + 2];
      float x3 = x[a + k + 3];
      for (int j = 0; j < count; j++) {
        float sum = Math.fma(x0, y[row + j], to[at + j]);
        sum = Math.fma(x1, y[row + stride + j], sum);
        sum = Math.fma(x2, y[row + 2 * stride + j], sum);
        to[at + j] = Math.fma(x3, y[row + 3 * stride + j], sum);
      }
    }
    for (; k < terms; k++) {
      int row = b + k * stride;
      float x0 = x[a + k];
      for (int j = 0; j < count; j++) {
        to[at + j] = Math.fma(x0, y[row + j], to[at + j]);
      }
    }
  }
}
