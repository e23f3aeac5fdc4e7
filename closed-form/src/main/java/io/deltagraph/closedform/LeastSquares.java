package io.deltagraph.closedform;

/**
 * {@code argmin ‖X θ − y‖²} (003 eq. 19, 21) by an orthogonal factorisation, which holds where
 * {@link LinearRegressionFormulas#normalEquations} has lost its digits.
 *
 * <p>The columns are scaled by powers of two and factored by Householder reflections with column
 * pivoting. The solution is then refined together with its residual through the augmented system
 * {@code r + X θ = y, Xᵀ r = 0} (Björck 1967), whose own residuals are summed in twice the working
 * precision; so θ is right to nearly all digits of a double until the condition number of the
 * scaled X approaches {@code 1/ε ≈ 4e15}.
 */
public final class LeastSquares {
  private static final int MOST_REFINEMENTS = 30;

  private LeastSquares() {}

  /**
   * The solution of one problem.
   *
   * @param coefficients θ, one per column of X
   * @param residuals {@code y − X θ}, one per row
   * @param refinements how many corrections were made
   */
  @SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
  public record Solution(double[] coefficients, double[] residuals, int refinements) {}

  /**
   * Linear regression: a column of ones is put in front, so that θ0 is the bias; features n x d
   * gives d + 1 coefficients.
   */
  public static Solution linear(double[][] features, double[] y) {
    int columns = Matrices.columns(features, "features");
    double[][] design = new double[features.length][columns + 1];
    for (int i = 0; i < features.length; i++) {
      design[i][0] = 1;
      System.arraycopy(features[i], 0, design[i], 1, columns);
    }
    return solve(design, y);
  }

  /**
   * The polynomial {@code θ0 + θ1 x + … + θd x^d}; the powers are kept in twice the working
   * precision, so that their rounding does not decide θ.
   */
  public static Solution polynomial(double[] x, double[] y, int degree) {
    if (degree < 0) {
      throw new IllegalArgumentException("the degree is " + degree + ", expected at least 0");
    }
    double[][] high = new double[x.length][degree + 1];
    double[][] low = new double[x.length][degree + 1];
    for (int i = 0; i < x.length; i++) {
      DoubleDouble power = new DoubleDouble(1, 0);
      for (int j = 0; j <= degree; j++) {
        high[i][j] = power.high();
        low[i][j] = power.low();
        power.multiply(x[i]);
      }
    }
    return solve(high, low, y);
  }

  /**
   * θ for any X, n x d with n ≥ d.
   *
   * @throws IllegalArgumentException if shapes do not fit or a number is not finite
   * @throws ArithmeticException if the columns of X are dependent, in exact arithmetic or so nearly
   *     that no digit of θ is certain
   */
  public static Solution solve(double[][] design, double[] y) {
    return solve(design, new double[design.length][Matrices.columns(design, "X")], y);
  }

  private static Solution solve(double[][] high, double[][] low, double[] y) {
    int rows = high.length;
    int columns = Matrices.columns(high, "X");
    Matrices.requireSize(y.length, rows, "the number of values y");
    if (rows < columns) {
      throw new IllegalArgumentException(
          "X has "
              + rows
              + " rows and "
              + columns
              + " columns; at least as many rows as columns are expected");
    }
    requireFinite(high, y);
    double[] scales = new double[columns];
    double[][] scaledHigh = new double[rows][columns];
    double[][] scaledLow = new double[rows][columns];
    for (int j = 0; j < columns; j++) {
      double largest = 0;
      for (double[] row : high) {
        largest = Math.max(largest, Math.abs(row[j]));
      }
      // a power of two, so that scaling rounds nothing
      scales[j] =
          largest == 0 ? 1 : Math.scalb(1.0, -Math.clamp(Math.getExponent(largest), -1000, 1000));
      for (int i = 0; i < rows; i++) {
        scaledHigh[i][j] = high[i][j] * scales[j];
        scaledLow[i][j] = low[i][j] * scales[j];
      }
    }
    HouseholderFactors factors = HouseholderFactors.of(scaledHigh);
    Refinement refinement = new Refinement(scaledHigh, scaledLow, y, factors);
    double[] coefficients = refinement.run();
    for (int j = 0; j < columns; j++) {
      coefficients[j] *= scales[j];
    }
    return new Solution(coefficients, refinement.residuals(), refinement.count);
  }

  private static void requireFinite(double[][] design, double[] y) {
    for (int i = 0; i < design.length; i++) {
      if (!Double.isFinite(y[i])) {
        throw new IllegalArgumentException(
            "y[" + i + "] is " + y[i] + ", expected a finite number");
      }
      for (int j = 0; j < design[i].length; j++) {
        if (!Double.isFinite(design[i][j])) {
          throw new IllegalArgumentException(
              "X[" + i + "][" + j + "] is " + design[i][j] + ", expected a finite number");
        }
      }
    }
  }

  /**
   * The solution and its residual, both in twice the working precision, improved until nothing
   * moves.
   */
  private static final class Refinement {
    private final double[][] high;
    private final double[][] low;
    private final double[] y;
    private final HouseholderFactors factors;
    private final DoubleDouble[] solution;
    private final DoubleDouble[] residual;
    private int count;

    Refinement(double[][] high, double[][] low, double[] y, HouseholderFactors factors) {
      this.high = high;
      this.low = low;
      this.y = y;
      this.factors = factors;
      this.solution = zeros(high[0].length);
      this.residual = zeros(high.length);
    }

    double[] residuals() {
      double[] values = new double[residual.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = residual[i].high();
      }
      return values;
    }

    /** The first round, from zero, is the plain solution by the factors; the rest correct it. */
    double[] run() {
      double previous = Double.POSITIVE_INFINITY;
      for (int round = 0; round < MOST_REFINEMENTS; round++) {
        HouseholderFactors.Correction correction = factors.augmented(rowDefects(), columnDefects());
        double change = add(correction);
        count = round;
        if (change <= 0x1p-54) {
          return values();
        }
        if (round > 0 && change > 0.5 * previous) {
          if (change < 1e-13) {
            return values(); // as far as twice the working precision goes
          }
          throw new ArithmeticException(
              "the columns of X are so nearly dependent that no digit of the solution is certain; column "
                  + factors.lastColumn()
                  + " adds least to the others: leave it out, or centre and scale the columns");
        }
        previous = change;
      }
      return values();
    }

    /** {@code y − r − X θ}. */
    private double[] rowDefects() {
      double[] defects = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        DoubleDouble sum = new DoubleDouble(y[i], 0);
        sum.add(-residual[i].high());
        sum.add(-residual[i].low());
        for (int j = 0; j < solution.length; j++) {
          sum.addProduct(-high[i][j], -low[i][j], solution[j].high(), solution[j].low());
        }
        defects[i] = sum.high();
      }
      return defects;
    }

    /** {@code −Xᵀ r}. */
    private double[] columnDefects() {
      double[] defects = new double[solution.length];
      for (int j = 0; j < solution.length; j++) {
        DoubleDouble sum = new DoubleDouble(0, 0);
        for (int i = 0; i < y.length; i++) {
          sum.addProduct(-high[i][j], -low[i][j], residual[i].high(), residual[i].low());
        }
        defects[j] = sum.high();
      }
      return defects;
    }

    /** Adds the correction; returns its largest entry in θ against the largest of θ. */
    private double add(HouseholderFactors.Correction correction) {
      double largestChange = 0;
      double largest = 0;
      for (int j = 0; j < solution.length; j++) {
        solution[j].add(correction.solution()[j]);
        largestChange = Math.max(largestChange, Math.abs(correction.solution()[j]));
        largest = Math.max(largest, Math.abs(solution[j].high()));
      }
      for (int i = 0; i < residual.length; i++) {
        residual[i].add(correction.residual()[i]);
      }
      return largest == 0 ? 0 : largestChange / largest;
    }

    private double[] values() {
      double[] values = new double[solution.length];
      for (int j = 0; j < values.length; j++) {
        values[j] = solution[j].high();
      }
      return values;
    }

    private static DoubleDouble[] zeros(int length) {
      DoubleDouble[] zeros = new DoubleDouble[length];
      for (int i = 0; i < length; i++) {
        zeros[i] = new DoubleDouble(0, 0);
      }
      return zeros;
    }
  }
}
