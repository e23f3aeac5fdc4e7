package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  private static double worst(double[] actual, double[] expected) {
    double worst = 0;
    for (int j = 0; j < expected.length; j++) {
      worst = Math.max(worst, Math.abs(actual[j] - expected[j]) / Math.abs(expected[j]));
    }
    return worst;
  }

  private static Rational[][] exactPowers(double[] x, int degree) {
    Rational[][] design = new Rational[x.length][degree + 1];
    for (int i = 0; i < x.length; i++) {
      design[i][0] = Rational.ONE;
      for (int j = 1; j <= degree; j++) {
        design[i][j] = design[i][j - 1].times(Rational.of(x[i]));
      }
    }
    return design;
  }

  private static Rational[][] exact(double[][] matrix) {
    Rational[][] result = new Rational[matrix.length][matrix[0].length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        result[i][j] = Rational.of(matrix[i][j]);
      }
    }
    return result;
  }

  private static double[][] powers(double[] x, int degree) {
    double[][] features = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      features[i] = LinearRegressionFormulas.powers(x[i], degree);
    }
    return features;
  }

  /**
   * Degree 10 over [−9, −3] as in the hardest of the certified sets: the condition number is about
   * 1e15.
   */
  @Test
  @DisplayName(
      "F-MIN-06 a polynomial of degree 10 over [−9, −3] agrees with exact rational arithmetic to 13 digits, every coefficient")
  void badlyConditionedPolynomial() {
    Random random = Trials.random(51);
    double[] x = new double[82];
    double[] y = new double[82];
    for (int i = 0; i < 82; i++) {
      x[i] = Math.round(1000 * (-8.8 + 5.7 * random.nextDouble())) / 1000.0;
      y[i] =
          Math.round(1e4 * (0.8 + 0.1 * Math.sin(1.3 * x[i]) + 0.003 * random.nextGaussian()))
              / 1e4;
    }
    double[] exact = Rational.leastSquares(exactPowers(x, 10), y);
    LeastSquares.Solution solution = LeastSquares.polynomial(x, y, 10);
    assertThat(worst(solution.coefficients(), exact)).as(Trials.replay(51)).isLessThan(1e-13);
    double[] byNormalEquations = normalEquationsOrNaN(powers(x, 10), y);
    assertThat(worst(byNormalEquations, exact) < 1e-3)
        .as("the normal equations lose everything here")
        .isFalse();
    double squares = 0;
    for (int i = 0; i < 82; i++) {
      double h = 0;
      for (int j = 10; j >= 0; j--) {
        h = h * x[i] + exact[j];
      }
      assertThat(solution.residuals()[i]).isCloseTo(y[i] - h, within(1e-7));
      squares += solution.residuals()[i] * solution.residuals()[i];
    }
    assertThat(Math.sqrt(squares / 71))
        .as("the noise that was put in")
        .isCloseTo(0.003, within(0.001));
  }

  private static double[] normalEquationsOrNaN(double[][] features, double[] y) {
    try {
      return LinearRegressionFormulas.normalEquations(features, y);
    } catch (ArithmeticException singular) {
      return new double[] {Double.NaN};
    }
  }

  @Test
  @DisplayName(
      "F-MIN-06 a design whose powers were already rounded agrees with exact arithmetic on the rounded numbers")
  void roundedDesign() {
    Random random = Trials.random(52);
    double[] x = random.doubles(30, 1, 2).toArray();
    double[] y = Trials.vector(random, 30);
    double[][] design = new double[30][9];
    for (int i = 0; i < 30; i++) {
      design[i][0] = 1;
      System.arraycopy(LinearRegressionFormulas.powers(x[i], 8), 0, design[i], 1, 8);
    }
    double[] exact = Rational.leastSquares(exact(design), y);
    assertThat(worst(LeastSquares.solve(design, y).coefficients(), exact))
        .as(Trials.replay(52))
        .isLessThan(1e-13);
    double[] linear = LeastSquares.linear(powers(x, 8), y).coefficients();
    assertThat(worst(linear, exact)).isLessThan(1e-13);
    design[3][4] *= 1 + 1e-9;
    assertThat(worst(LeastSquares.solve(design, y).coefficients(), exact))
        .as("one entry off by 1e-9 is seen")
        .isGreaterThan(1e-9);
  }

  /**
   * R. H. Wampler's problems: y = Σ x^j and y = Σ (x/10)^j over 0 … 20, whose solutions are known
   * by construction.
   */
  @Test
  @DisplayName("F-MIN-06 Wampler's polynomials give back the coefficients that made them")
  void wampler() {
    double[] x = new double[21];
    double[] ones = new double[21];
    double[] tenths = new double[21];
    for (int i = 0; i < 21; i++) {
      x[i] = i;
      for (int j = 0; j <= 5; j++) {
        ones[i] += Math.pow(i, j);
        tenths[i] += Math.pow(i / 10.0, j);
      }
    }
    double[] expected = {1, 1, 1, 1, 1, 1};
    assertThat(LeastSquares.polynomial(x, ones, 5).coefficients()).containsExactly(expected);
    double[] falling = {1, 0.1, 0.01, 0.001, 1e-4, 1e-5};
    assertThat(worst(LeastSquares.polynomial(x, tenths, 5).coefficients(), falling))
        .isLessThan(1e-10);
    // with an offset as large as the signal, ±100 dB of noise: rows alternate around the polynomial
    double[] noisy = ones.clone();
    for (int i = 0; i < 21; i++) {
      noisy[i] += i % 2 == 0 ? 1e6 : -1e6;
    }
    assertThat(
            worst(
                LeastSquares.polynomial(x, noisy, 5).coefficients(),
                Rational.leastSquares(exactPowers(x, 5), noisy)))
        .isLessThan(1e-13);
  }

  /** J. W. Longley's series (1967), with the coefficients certified by NIST. */
  @Test
  @DisplayName("F-MIN-06 Longley's series give the certified coefficients")
  void longley() {
    double[][] features = {
      {83.0, 234289, 2356, 1590, 107608, 1947}, {88.5, 259426, 2325, 1456, 108632, 1948},
      {88.2, 258054, 3682, 1616, 109773, 1949}, {89.5, 284599, 3351, 1650, 110929, 1950},
      {96.2, 328975, 2099, 3099, 112075, 1951}, {98.1, 346999, 1932, 3594, 113270, 1952},
      {99.0, 365385, 1870, 3547, 115094, 1953}, {100.0, 363112, 3578, 3350, 116219, 1954},
      {101.2, 397469, 2904, 3048, 117388, 1955}, {104.6, 419180, 2822, 2857, 118734, 1956},
      {108.4, 442769, 2936, 2798, 120445, 1957}, {110.8, 444546, 4681, 2637, 121950, 1958},
      {112.6, 482704, 3813, 2552, 123366, 1959}, {114.2, 502601, 3931, 2514, 125368, 1960},
      {115.7, 518173, 4806, 2572, 127852, 1961}, {116.9, 554894, 4007, 2827, 130081, 1962}
    };
    double[] y = {
      60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655,
      69564, 69331, 70551
    };
    double[] certified = {
      -3482258.63459582,
      15.0618722713733,
      -0.0358191792925910,
      -2.02022980381683,
      -1.03322686717359,
      -0.0511041056535807,
      1829.15146461355
    };
    assertThat(worst(LeastSquares.linear(features, y).coefficients(), certified)).isLessThan(1e-12);
  }

  @Test
  @DisplayName(
      "F-MIN-06 on harmless data the answer is that of the normal equations, at any scale of the columns")
  void agreesWithNormalEquations() {
    Random random = Trials.random(53);
    double[][] x = Trials.matrix(random, 12, 4);
    double[] y = Trials.vector(random, 12);
    double[] expected = LinearRegressionFormulas.normalEquations(x, y);
    assertThat(Trials.difference(LeastSquares.linear(x, y).coefficients(), expected))
        .isLessThan(1e-12);
    double[] scales = {1e-200, 1e150, 1, 1e9};
    double[][] scaled = Matrices.copy(x);
    for (double[] row : scaled) {
      for (int j = 0; j < 4; j++) {
        row[j] *= scales[j];
      }
    }
    double[] coefficients = LeastSquares.linear(scaled, y).coefficients();
    for (int j = 0; j < 4; j++) {
      assertThat(coefficients[j + 1] * scales[j] / expected[j + 1]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  @DisplayName("F-MIN-06 dependent columns and unfit data are refused by name")
  void refusals() {
    double[][] dependent = {{1, 2, 3}, {1, 5, 6}, {1, -1, 0}, {1, 0.5, 1.5}};
    assertThatThrownBy(() -> LeastSquares.solve(dependent, new double[4]))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching("column \\d of X depends on the other columns.*leave the column out.*");
    // column 0 is column 1 + 2 · column 2, and the shortest once the longer ones are taken out
    double[][] shortest = {{1.5, 1.5, 0}, {3, 1, 1}, {4, 1, 1.5}, {0, 0, 0}};
    assertThatThrownBy(() -> LeastSquares.solve(shortest, new double[4]))
        .hasMessageStartingWith("column 0 of X depends");
    assertThatThrownBy(() -> LeastSquares.solve(new double[][] {{0, 1}, {0, 2}}, new double[2]))
        .hasMessageStartingWith("column 0 of X");
    assertThatThrownBy(() -> LeastSquares.solve(new double[][] {{1, 2}}, new double[1]))
        .hasMessage("X has 1 rows and 2 columns; at least as many rows as columns are expected");
    assertThatThrownBy(() -> LeastSquares.solve(new double[][] {{1}, {Double.NaN}}, new double[2]))
        .hasMessage("X[1][0] is NaN, expected a finite number");
    assertThatThrownBy(() ->
            LeastSquares.solve(
                new double[][] {{1}, {1}}, new double[] {0, Double.POSITIVE_INFINITY}))
        .hasMessage("y[1] is Infinity, expected a finite number");
    assertThatThrownBy(() -> LeastSquares.polynomial(new double[] {1}, new double[] {1}, -1))
        .hasMessageContaining("degree is -1");
  }
}
