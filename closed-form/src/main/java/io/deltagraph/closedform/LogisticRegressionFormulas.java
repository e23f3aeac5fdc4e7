package io.deltagraph.closedform;

/** Logistic regression (002): labels y in {0, 1}, θ with the bias first (x0 = 1). */
public final class LogisticRegressionFormulas {
  private LogisticRegressionFormulas() {}

  /** {@code h = σ(θᵀx)} (002). */
  public static double hypothesis(double[] theta, double[] features) {
    return 1 / (1 + Math.exp(-LinearRegressionFormulas.hypothesis(theta, features)));
  }

  /** {@code p(y) = h^y (1 − h)^{1−y}}, the Bernoulli probability of the label y (002). */
  public static double bernoulli(double h, int y) {
    return y == 1 ? h : 1 - h;
  }

  /** {@code ln L = Σ [y ln h + (1 − y) ln(1 − h)]}, to be ascended (002). */
  public static double logLikelihood(double[] theta, double[][] features, double[] y) {
    Matrices.requireSize(y.length, features.length, "the number of labels");
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double z = LinearRegressionFormulas.hypothesis(theta, features[i]);
      sum += y[i] * z - Math.max(z, 0) - Math.log1p(Math.exp(-Math.abs(z))); // y z − ln(1 + e^z)
    }
    return sum;
  }

  /** {@code −Σ [y ln h + (1 − y) ln(1 − h)]}, the sum; divide by n for its mean (002). */
  public static double cost(double[] theta, double[][] features, double[] y) {
    return -logLikelihood(theta, features, y);
  }

  /**
   * {@code ∂/∂θj = Σ (h − y) xj} of {@link #cost}; the ascended likelihood has {@code Σ (y − h) xj}
   * (002).
   */
  public static double[] gradient(double[] theta, double[][] features, double[] y) {
    Matrices.requireSize(y.length, features.length, "the number of labels");
    double[] gradient = new double[theta.length];
    for (int i = 0; i < y.length; i++) {
      double error = hypothesis(theta, features[i]) - y[i];
      gradient[0] += error;
      for (int j = 0; j < features[i].length; j++) {
        gradient[j + 1] += error * features[i][j];
      }
    }
    return gradient;
  }

  /**
   * {@code (x1, x2, x1 x2, x1², x2², …)}: all products of powers up to the degree, in the manner of
   * 002's non-linear hypothesis.
   */
  public static double[] products(double x1, double x2, int degree) {
    double[] features = new double[(degree + 1) * (degree + 2) / 2 - 1];
    int next = 0;
    for (int total = 1; total <= degree; total++) {
      for (int second = 0; second <= total; second++) {
        features[next++] = Math.pow(x1, total - second) * Math.pow(x2, second);
      }
    }
    return features;
  }
}
