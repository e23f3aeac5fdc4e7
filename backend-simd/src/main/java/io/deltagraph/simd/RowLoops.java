package io.deltagraph.simd;

import io.deltagraph.backend.RowProduct;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of products on vectors, four of them at a time, then one, then element by element:
 * masks would make the code longer than it can be compiled soon.
 */
final class RowLoops implements RowProduct {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  @Override
  public void add(
      float[] x, int a, float[] y, int b, int stride, int terms, float[] to, int at, int count) {
    int width = FLOATS.length();
    int j = 0;
    for (; j + 4 * width <= count; j += 4 * width) {
      FloatVector s0 = FloatVector.fromArray(FLOATS, to, at + j);
      FloatVector s1 = FloatVector.fromArray(FLOATS, to, at + j + width);
      FloatVector s2 = FloatVector.fromArray(FLOATS, to, at + j + 2 * width);
      FloatVector s3 = FloatVector.fromArray(FLOATS, to, at + j + 3 * width);
      int row = b + j;
      for (int k = 0; k < terms; k++, row += stride) {
        FloatVector factor = FloatVector.broadcast(FLOATS, x[a + k]);
        s0 = factor.fma(FloatVector.fromArray(FLOATS, y, row), s0);
        s1 = factor.fma(FloatVector.fromArray(FLOATS, y, row + width), s1);
        s2 = factor.fma(FloatVector.fromArray(FLOATS, y, row + 2 * width), s2);
        s3 = factor.fma(FloatVector.fromArray(FLOATS, y, row + 3 * width), s3);
      }
      s0.intoArray(to, at + j);
      s1.intoArray(to, at + j + width);
      s2.intoArray(to, at + j + 2 * width);
      s3.intoArray(to, at + j + 3 * width);
    }
    for (; j + width <= count; j += width) {
      FloatVector sum = FloatVector.fromArray(FLOATS, to, at + j);
      int row = b + j;
      for (int k = 0; k < terms; k++, row += stride) {
        FloatVector factor = FloatVector.broadcast(FLOATS, x[a + k]);
        sum = factor.fma(FloatVector.fromArray(FLOATS, y, row), sum);
      }
      sum.intoArray(to, at + j);
    }
    for (; j < count; j++) {
      float sum = to[at + j];
      int row = b + j;
      for (int k = 0; k < terms; k++, row += stride) {
        sum = Math.fma(x[a + k], y[row], sum);
      }
      to[at + j] = sum;
    }
  }

  @Override
  public void add(
      double[] x, int a, double[] y, int b, int stride, int terms, double[] to, int at, int count) {
    int width = DOUBLES.length();
    int j = 0;
    for (; j + 4 * width <= count; j += 4 * width) {
      DoubleVector s0 = DoubleVector.fromArray(DOUBLES, to, at + j);
      DoubleVector s1 = DoubleVector.fromArray(DOUBLES, to, at + j + width);
      DoubleVector s2 = DoubleVector.fromArray(DOUBLES, to, at + j + 2 * width);
      DoubleVector s3 = DoubleVector.fromArray(DOUBLES, to, at + j + 3 * width);
      int row = b + j;
      for (int k = 0; k < terms; k++, row += stride) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, x[a + k]);
        s0 = factor.fma(DoubleVector.fromArray(DOUBLES, y, row), s0);
        s1 = factor.fma(DoubleVector.fromArray(DOUBLES, y, row + width), s1);
        s2 = factor.fma(DoubleVector.fromArray(DOUBLES, y, row + 2 * width), s2);
        s3 = factor.fma(DoubleVector.fromArray(DOUBLES, y, row + 3 * width), s3);
      }
      s0.intoArray(to, at + j);
      s1.intoArray(to, at + j + width);
      s2.intoArray(to, at + j + 2 * width);
      s3.intoArray(to, at + j + 3 * width);
    }
    for (; j + width <= count; j += width) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, to, at + j);
      int row = b + j;
      for (int k = 0; k < terms; k++, row += stride) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, x[a + k]);
        sum = factor.fma(DoubleVector.fromArray(DOUBLES, y, row), sum);
      }
      sum.intoArray(to, at + j);
    }
    for (; j < count; j++) {
      double sum = to[at + j];
      int row = b + j;
      for (int k = 0; k < terms; k++, row += stride) {
        sum = Math.fma(x[a + k], y[row], sum);
      }
      to[at + j] = sum;
    }
  }
}
