package io.deltagraph.closedform;

/**
 * Plain loops over rectangular arrays; every method allocates its result and leaves its arguments
 * alone.
 */
final class Matrices {
  private Matrices() {}

  /** Refuses ragged or empty matrices; returns the number of columns. */
  static int columns(double[][] matrix, String name) {
    if (matrix.length == 0) {
      throw new IllegalArgumentException(name + " has no rows; at least one is expected");
    }
    int columns = matrix[0].length;
    for (int row = 1; row < matrix.length; row++) {
      if (matrix[row].length != columns) {
        throw new IllegalArgumentException(
            name
                + " is ragged: row 0 has "
                + columns
                + " columns and row "
                + row
                + " has "
                + matrix[row].length);
      }
    }
    return columns;
  }

  /** Refuses a size that is not the expected one. */
  static void requireSize(int actual, int expected, String what) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " is " + actual + ", expected " + expected);
    }
  }

  /** Refuses two matrices of different shapes. */
  static void requireSameShape(
      double[][] left, double[][] right, String leftName, String rightName) {
    int leftColumns = columns(left, leftName);
    int rightColumns = columns(right, rightName);
    if (left.length != right.length || leftColumns != rightColumns) {
      throw new IllegalArgumentException(
          leftName
              + " is "
              + left.length
              + " x "
              + leftColumns
              + " but "
              + rightName
              + " is "
              + right.length
              + " x "
              + rightColumns
              + "; the same shape is expected");
    }
  }

  /** {@code a b}: (n x k)(k x m) is n x m. */
  static double[][] product(double[][] a, double[][] b) {
    int inner = columns(a, "left matrix");
    int width = columns(b, "right matrix");
    requireSize(b.length, inner, "the number of rows of the right matrix");
    double[][] result = new double[a.length][width];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < inner; k++) {
        for (int j = 0; j < width; j++) {
          result[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return result;
  }

  static double[][] transpose(double[][] a) {
    int width = columns(a, "matrix");
    double[][] result = new double[width][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < width; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  static double dot(double[] a, double[] b) {
    requireSize(b.length, a.length, "the length of the second vector");
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[][] absolute(double[][] a) {
    double[][] result = copy(a);
    for (double[] row : result) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.abs(row[j]);
      }
    }
    return result;
  }

  static double[][] copy(double[][] a) {
    double[][] result = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      result[i] = a[i].clone();
    }
    return result;
  }

  /** The index of the first largest entry. */
  static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
