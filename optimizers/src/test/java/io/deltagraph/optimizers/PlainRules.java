package io.deltagraph.optimizers;

import java.util.function.Supplier;

/**
 * The published rules once more, as loops over arrays that know no graph: the second road. Each
 * supplier starts with fresh state. The slips are what these tests must be able to notice.
 */
final class PlainRules {
  private PlainRules() {}

  /** One step in place; {@code t} is 1 at the first. */
  @FunctionalInterface
  interface Rule {
    void step(double[] w, double[] g, int t);
  }

  static final int SIZE = 7;

  static Supplier<Rule> sgd(double eta, double mu, double d, boolean nesterov, boolean slip) {
    return () -> {
      double[] v = new double[SIZE];
      return (w, g, t) -> {
        for (int i = 0; i < w.length; i++) {
          v[i] = t == 1 && !slip ? g[i] : mu * v[i] + (1 - d) * g[i];
          w[i] -= eta * (nesterov ? g[i] + mu * v[i] : v[i]);
        }
      };
    };
  }

  static Supplier<Rule> adagrad(double eta, double decay, double start, double eps, boolean slip) {
    return () -> {
      double[] s = new double[SIZE];
      java.util.Arrays.fill(s, start);
      return (w, g, t) -> {
        double rate = eta / (1 + (slip ? t : t - 1) * decay);
        for (int i = 0; i < w.length; i++) {
          s[i] += g[i] * g[i];
          w[i] -= rate * g[i] / (Math.sqrt(s[i]) + eps);
        }
      };
    };
  }

  static Supplier<Rule> adadelta(double eta, double rho, double eps, boolean slip) {
    return () -> {
      double[] s = new double[SIZE];
      double[] u = new double[SIZE];
      return (w, g, t) -> {
        for (int i = 0; i < w.length; i++) {
          s[i] = rho * s[i] + (1 - rho) * g[i] * g[i];
          double delta =
              slip
                  ? (Math.sqrt(u[i]) + eps) / (Math.sqrt(s[i]) + eps) * g[i]
                  : Math.sqrt((u[i] + eps) / (s[i] + eps)) * g[i];
          u[i] = rho * u[i] + (1 - rho) * delta * delta;
          w[i] -= eta * delta;
        }
      };
    };
  }

  static Supplier<Rule> rmsProp(
      double eta, double alpha, double eps, double mu, boolean centered, boolean slip) {
    return () -> {
      double[] s = new double[SIZE];
      double[] a = new double[SIZE];
      double[] b = new double[SIZE];
      return (w, g, t) -> {
        for (int i = 0; i < w.length; i++) {
          s[i] = alpha * s[i] + (1 - alpha) * g[i] * g[i];
          a[i] = alpha * a[i] + (1 - alpha) * g[i];
          double spread = centered ? Math.max(0, s[i] - a[i] * a[i]) : s[i];
          double root = slip ? Math.sqrt(spread + eps) : Math.sqrt(spread) + eps;
          b[i] = mu * b[i] + g[i] / root;
          w[i] -= eta * b[i];
        }
      };
    };
  }

  /** What is wrong with a member of Adam's family, if anything. */
  enum Slip {
    NONE,
    NO_CORRECTION,
    EPSILON_INSIDE,
    EPSILON_BEFORE_CORRECTION,
    COUPLED_DECAY,
    LARGEST_OF_CORRECTED
  }

  static Supplier<Rule> adam(
      double eta,
      double beta1,
      double beta2,
      double eps,
      double lambda,
      boolean amsgrad,
      Slip slip) {
    return () -> {
      double[] m = new double[SIZE];
      double[] v = new double[SIZE];
      double[] x = new double[SIZE];
      return (w, g, t) -> {
        boolean corrected = slip != Slip.NO_CORRECTION;
        double c1 = corrected ? 1 - Math.pow(beta1, t) : 1;
        double c2 = corrected ? 1 - Math.pow(beta2, t) : 1;
        for (int i = 0; i < w.length; i++) {
          double slope = slip == Slip.COUPLED_DECAY ? g[i] + lambda * w[i] : g[i];
          w[i] -= slip == Slip.COUPLED_DECAY ? 0 : eta * lambda * w[i];
          m[i] = beta1 * m[i] + (1 - beta1) * slope;
          v[i] = beta2 * v[i] + (1 - beta2) * slope * slope;
          x[i] = Math.max(x[i], slip == Slip.LARGEST_OF_CORRECTED ? v[i] / c2 : v[i]);
          double second =
              !amsgrad ? v[i] / c2 : slip == Slip.LARGEST_OF_CORRECTED ? x[i] : x[i] / c2;
          double root =
              switch (slip) {
                case EPSILON_INSIDE -> Math.sqrt(second + eps);
                case EPSILON_BEFORE_CORRECTION -> (Math.sqrt(v[i]) + eps) / Math.sqrt(c2);
                case NONE, NO_CORRECTION, COUPLED_DECAY, LARGEST_OF_CORRECTED ->
                    Math.sqrt(second) + eps;
              };
          w[i] -= eta * (m[i] / c1) / root;
        }
      };
    };
  }

  static Supplier<Rule> adamax(double eta, double beta1, double beta2, double eps, boolean slip) {
    return () -> {
      double[] m = new double[SIZE];
      double[] u = new double[SIZE];
      return (w, g, t) -> {
        for (int i = 0; i < w.length; i++) {
          m[i] = beta1 * m[i] + (1 - beta1) * g[i];
          u[i] =
              slip
                  ? beta2 * u[i] + (1 - beta2) * Math.abs(g[i])
                  : Math.max(beta2 * u[i], Math.abs(g[i]) + eps);
          w[i] -= eta / (1 - Math.pow(beta1, t)) * m[i] / u[i];
        }
      };
    };
  }
}
