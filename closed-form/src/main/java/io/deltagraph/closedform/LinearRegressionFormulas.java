package io.deltagraph.closedform;

/**
 * Linear regression (002; 003 eq. 18–21): the hypothesis, the cost with its gradient, and the
 * Gaussian likelihood behind it.
 */
public final class LinearRegressionFormulas {
  private LinearRegressionFormulas() {}

  /** The rows (area, bedrooms) of the house price example (002). */
  public static double[][] houses() {
    return new double[][] {{2104, 3}, {1600, 2}, {2400, 3}, {1416, 2}, {3000, 4}};
  }

  /** The prices of {@link #houses()}, in thousands of euros (002). */
  public static double[] housePrices() {
    return new double[] {400, 330, 369, 232, 540};
  }

  /** {@code θᵀx} with x0 = 1: θ has one entry more than the features (002). */
  public static double hypothesis(double[] theta, double[] features) {
    Matrices.requireSize(theta.length, features.length + 1, "the length of θ");
    double h = theta[0];
    for (int j = 0; j < features.length; j++) {
      h += theta[j + 1] * features[j];
    }
    return h;
  }

  /**
   * {@code (x, x², …, x^degree)}, which makes {@link #hypothesis} the polynomial {@code θ0 + θ1 x +
   * θ2 x² …} (002).
   */
  public static double[] powers(double x, int degree) {
    double[] powers = new double[degree];
    double power = 1;
    for (int j = 0; j < degree; j++) {
      power *= x;
      powers[j] = power;
    }
    return powers;
  }

  /** {@code ½ Σ (h − y)²} (002). */
  public static double cost(double[] theta, double[][] features, double[] y) {
    double sum = 0;
    for (double e : residuals(theta, features, y)) {
      sum += e * e;
    }
    return sum / 2;
  }

  /** {@code ∂/∂θj = Σ (h − y) xj}, with x0 = 1 (002). */
  public static double[] gradient(double[] theta, double[][] features, double[] y) {
    double[] residuals = residuals(theta, features, y);
    double[] gradient = new double[theta.length];
    for (int i = 0; i < y.length; i++) {
      gradient[0] += residuals[i];
      for (int j = 0; j < features[i].length; j++) {
        gradient[j + 1] += residuals[i] * features[i][j];
      }
    }
    return gradient;
  }

  /**
   * θ of the normal equations {@code XᵀX θ = Xᵀ y} (003 eq. 19, 21), by elimination with row
   * exchanges; x0 = 1 is put in front.
   *
   * <p>They square the condition number: {@link LeastSquares} is the one to use on badly
   * conditioned data.
   *
   * @throws ArithmeticException if {@code XᵀX} is singular
   */
  public static double[] normalEquations(double[][] features, double[] y) {
    int size = Matrices.columns(features, "features") + 1;
    Matrices.requireSize(y.length, features.length, "the number of values y");
    double[][] system = new double[size][size + 1];
    for (int i = 0; i < y.length; i++) {
      double[] x = new double[size];
      x[0] = 1;
      System.arraycopy(features[i], 0, x, 1, size - 1);
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          system[j][k] += x[j] * x[k];
        }
        system[j][size] += x[j] * y[i];
      }
    }
    return eliminate(system);
  }

  /**
   * {@code ln L(θ) = m ln(1/(√(2π) s)) − Σ (y − h)²/(2 s²)}: the likelihood of y under Gaussian
   * noise of deviation s (002).
   */
  public static double logLikelihood(
      double[] theta, double[][] features, double[] y, double deviation) {
    return -y.length * Math.log(Math.sqrt(2 * Math.PI) * deviation)
        - cost(theta, features, y) / (deviation * deviation);
  }

  private static double[] residuals(double[] theta, double[][] features, double[] y) {
    Matrices.requireSize(y.length, features.length, "the number of values y");
    double[] residuals = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      residuals[i] = hypothesis(theta, features[i]) - y[i];
    }
    return residuals;
  }

  private static double[] eliminate(double[][] system) {
    int size = system.length;
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        if (Math.abs(system[row][column]) > Math.abs(system[pivot][column])) {
          pivot = row;
        }
      }
      if (system[pivot][column] == 0) {
        throw new ArithmeticException(
            "XᵀX is singular: column " + column + " of X depends on the others");
      }
      double[] swapped = system[pivot];
      system[pivot] = system[column];
      system[column] = swapped;
      for (int row = column + 1; row < size; row++) {
        double factor = system[row][column] / system[column][column];
        for (int k = column; k <= size; k++) {
          system[row][k] -= factor * system[column][k];
        }
      }
    }
    double[] theta = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double sum = system[row][size];
      for (int k = row + 1; k < size; k++) {
        sum -= system[row][k] * theta[k];
      }
      theta[row] = sum / system[row][row];
    }
    return theta;
  }
}
