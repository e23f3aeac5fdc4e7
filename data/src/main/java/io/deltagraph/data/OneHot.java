package io.deltagraph.data;

import com.google.common.primitives.ImmutableDoubleArray;

/** Classes as rows of 0 and 1. */
public final class OneHot {
  private OneHot() {}

  /** Returns n × K numbers, row after row: 1 in the column of the row's class, 0 elsewhere. */
  public static ImmutableDoubleArray full(Target.Classes classes) {
    return encode(classes, classes.names().size());
  }

  /**
   * Returns n × (K − 1) numbers: as {@link #full} without the last column, so that rows of the last
   * class are all 0 (the targets {@code T(y)} of file 002's softmax with K − 1 parameter vectors).
   */
  public static ImmutableDoubleArray reduced(Target.Classes classes) {
    return encode(classes, classes.names().size() - 1);
  }

  private static ImmutableDoubleArray encode(Target.Classes classes, int width) {
    double[] out = new double[Math.multiplyExact(classes.rows(), width)];
    for (int row = 0; row < classes.rows(); row++) {
      int label = classes.labels().get(row);
      if (label < width) {
        out[row * width + label] = 1;
      }
    }
    return ImmutableDoubleArray.copyOf(out);
  }
}
