package io.deltagraph.closedform;

/**
 * {@code X P = Q R} by Householder reflections, P exchanging columns so that the diagonal of R
 * falls (Golub and Van Loan, Matrix Computations, §5.2, 5.4).
 */
final class HouseholderFactors {
  /** Column k holds the reflection vector from row k on, and R above it. */
  private final double[][] packed;

  private final double[] diagonal;
  private final double[] reflectionScale;
  private final int[] order;

  private HouseholderFactors(
      double[][] packed, double[] diagonal, double[] reflectionScale, int[] order) {
    this.packed = packed;
    this.diagonal = diagonal;
    this.reflectionScale = reflectionScale;
    this.order = order;
  }

  /** A change of the solution and of the residual. */
  @SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
  record Correction(double[] solution, double[] residual) {}

  static HouseholderFactors of(double[][] matrix) {
    int rows = matrix.length;
    int columns = matrix[0].length;
    double[][] a = Matrices.copy(matrix);
    double[] diagonal = new double[columns];
    double[] scale = new double[columns];
    int[] order = new int[columns];
    for (int j = 0; j < columns; j++) {
      order[j] = j;
    }
    for (int k = 0; k < columns; k++) {
      exchange(a, order, k, longestColumn(a, k));
      double norm = 0;
      for (int i = k; i < rows; i++) {
        norm = Math.hypot(norm, a[i][k]);
      }
      diagonal[k] = a[k][k] > 0 ? -norm : norm; // the sign that adds in the next line
      a[k][k] -= diagonal[k];
      requireIndependent(diagonal, k, rows, order);
      double square = 0;
      for (int i = k; i < rows; i++) {
        square += a[i][k] * a[i][k];
      }
      scale[k] = 2 / square;
      for (int j = k + 1; j < columns; j++) {
        double dot = 0;
        for (int i = k; i < rows; i++) {
          dot += a[i][k] * a[i][j];
        }
        for (int i = k; i < rows; i++) {
          a[i][j] -= scale[k] * dot * a[i][k];
        }
      }
    }
    return new HouseholderFactors(a, diagonal, scale, order);
  }

  /** The column that added least to the others. */
  int lastColumn() {
    return order[order.length - 1];
  }

  /** Solves {@code dr + X dθ = f, Xᵀ dr = g} with the factors. */
  Correction augmented(double[] f, double[] g) {
    int columns = diagonal.length;
    double[] h = new double[columns];
    for (int k = 0; k < columns; k++) { // Rᵀ h = Pᵀ g
      double sum = g[order[k]];
      for (int j = 0; j < k; j++) {
        sum -= packed[j][k] * h[j];
      }
      h[k] = sum / diagonal[k];
    }
    double[] d = f.clone();
    for (int k = 0; k < columns; k++) {
      reflect(d, k);
    }
    double[] solution = new double[columns];
    double[] permuted = new double[columns];
    for (int k = columns - 1; k >= 0; k--) { // R Pᵀ dθ = d1 − h
      double sum = d[k] - h[k];
      for (int j = k + 1; j < columns; j++) {
        sum -= packed[k][j] * permuted[j];
      }
      permuted[k] = sum / diagonal[k];
      solution[order[k]] = permuted[k];
    }
    System.arraycopy(h, 0, d, 0, columns);
    for (int k = columns - 1; k >= 0; k--) {
      reflect(d, k);
    }
    return new Correction(solution, d);
  }

  private void reflect(double[] vector, int k) {
    double dot = 0;
    for (int i = k; i < vector.length; i++) {
      dot += packed[i][k] * vector[i];
    }
    for (int i = k; i < vector.length; i++) {
      vector[i] -= reflectionScale[k] * dot * packed[i][k];
    }
  }

  private static int longestColumn(double[][] a, int from) {
    int longest = from;
    double longestSquare = -1;
    for (int j = from; j < a[0].length; j++) {
      double square = 0;
      for (int i = from; i < a.length; i++) {
        square += a[i][j] * a[i][j];
      }
      if (square > longestSquare) {
        longest = j;
        longestSquare = square;
      }
    }
    return longest;
  }

  private static void exchange(double[][] a, int[] order, int left, int right) {
    for (double[] row : a) {
      double kept = row[left];
      row[left] = row[right];
      row[right] = kept;
    }
    int kept = order[left];
    order[left] = order[right];
    order[right] = kept;
  }

  private static void requireIndependent(double[] diagonal, int k, int rows, int[] order) {
    double noise = Math.ulp(1.0) * rows * Math.abs(diagonal[0]);
    if (Math.abs(diagonal[k]) <= noise) {
      throw new ArithmeticException(
          "column "
              + order[k]
              + " of X depends on the other columns: its part that they do not explain is "
              + Math.abs(diagonal[k])
              + ", no more than rounding leaves ("
              + noise
              + "); leave the column out, or centre and scale the columns");
    }
  }
}
