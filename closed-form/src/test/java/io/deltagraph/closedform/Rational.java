package io.deltagraph.closedform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** An exact fraction, for the exact solutions of least-squares problems. */
record Rational(BigInteger numerator, BigInteger denominator) {
  static final Rational ZERO = new Rational(BigInteger.ZERO, BigInteger.ONE);
  static final Rational ONE = new Rational(BigInteger.ONE, BigInteger.ONE);

  static Rational of(double value) {
    BigDecimal exact = new BigDecimal(value);
    return exact.scale() > 0
        ? reduced(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()))
        : reduced(exact.toBigIntegerExact(), BigInteger.ONE);
  }

  private static Rational reduced(BigInteger numerator, BigInteger denominator) {
    BigInteger divisor = numerator.gcd(denominator).max(BigInteger.ONE);
    BigInteger sign = BigInteger.valueOf(denominator.signum());
    return new Rational(
        numerator.divide(divisor).multiply(sign), denominator.divide(divisor).multiply(sign));
  }

  Rational plus(Rational other) {
    return reduced(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Rational minus(Rational other) {
    return plus(new Rational(other.numerator.negate(), other.denominator));
  }

  Rational times(Rational other) {
    return reduced(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  Rational over(Rational other) {
    return reduced(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  double toDouble() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), new MathContext(40))
        .doubleValue();
  }

  /**
   * θ of the normal equations in exact arithmetic, where their squared condition number costs
   * nothing.
   */
  static double[] leastSquares(Rational[][] design, double[] y) {
    int size = design[0].length;
    Rational[][] system = new Rational[size][size + 1];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k <= size; k++) {
        Rational sum = ZERO;
        for (int i = 0; i < y.length; i++) {
          sum = sum.plus(design[i][j].times(k == size ? of(y[i]) : design[i][k]));
        }
        system[j][k] = sum;
      }
    }
    for (int column = 0; column < size; column++) {
      for (int row = 0; row < size; row++) {
        if (row != column) {
          Rational factor = system[row][column].over(system[column][column]);
          for (int k = column; k <= size; k++) {
            system[row][k] = system[row][k].minus(factor.times(system[column][k]));
          }
        }
      }
    }
    double[] theta = new double[size];
    for (int j = 0; j < size; j++) {
      theta[j] = system[j][size].over(system[j][j]).toDouble();
    }
    return theta;
  }
}
