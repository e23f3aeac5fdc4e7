package io.deltagraph.closedform;

/**
 * {@code s_i = e^{c z_i} / Σj e^{c z_j}} with the Jacobian {@code c (diag(s) − s sᵀ)} (001, 002,
 * 003 eq. 13, 004).
 *
 * @param c the slope, the inverse of a temperature; positive
 */
public record SoftmaxActivation(double c) implements Activation {
  public SoftmaxActivation {
    if (!(c > 0)) {
      throw new IllegalArgumentException(
          "the slope c of softmax is " + c + ", expected a positive number");
    }
  }

  /** The plain softmax, c = 1. */
  public SoftmaxActivation() {
    this(1);
  }

  @Override
  public double[] value(double[] z) {
    return ofNorm(z, c, 1);
  }

  @Override
  public double[] pullback(double[] z, double[] gradient) {
    double[] s = value(z);
    double mean = Matrices.dot(s, gradient);
    double[] delta = new double[s.length];
    for (int i = 0; i < s.length; i++) {
      delta[i] = c * s[i] * (gradient[i] - mean);
    }
    return delta;
  }

  @Override
  public double[] pushforward(double[] z, double[] change) {
    return pullback(z, change); // the Jacobian is symmetric
  }

  @Override
  public double[] pullbackScale(double[] z, double[] scale) {
    double[] s = value(z);
    double mean = Matrices.dot(s, scale);
    double[] result = new double[s.length];
    for (int i = 0; i < s.length; i++) {
      result[i] = c * s[i] * (scale[i] + mean);
    }
    return result;
  }

  /** The Jacobian {@code ∂s_i/∂z_j = c (s_i 1{i=j} − s_i s_j)}, row i and column j. */
  public double[][] jacobian(double[] z) {
    double[] s = value(z);
    double[][] jacobian = new double[s.length][s.length];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        jacobian[i][j] = c * ((i == j ? s[i] : 0) - s[i] * s[j]);
      }
    }
    return jacobian;
  }

  /** {@code ln s_i = c z_i − ln Σj e^{c z_j}}, finite also where s_i underflows. */
  public double[] logarithm(double[] z) {
    double largest = c * z[Matrices.argMax(z)];
    double sum = 0;
    for (double zj : z) {
      sum += Math.exp(c * zj - largest);
    }
    double logSum = largest + Math.log(sum);
    double[] result = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      result[i] = c * z[i] - logSum;
    }
    return result;
  }

  /** {@code s_i = e^{c z_i} / ‖e^{c z}‖_p} (003 eq. 13 with the norm left open), p ≥ 1. */
  public static double[] ofNorm(double[] z, double c, double p) {
    double largest = z[Matrices.argMax(z)];
    double sum = 0;
    double[] s = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      s[i] = Math.exp(c * (z[i] - largest)); // the common factor e^{c max} cancels
      sum += Math.pow(s[i], p);
    }
    double norm = Math.pow(sum, 1 / p);
    for (int i = 0; i < z.length; i++) {
      s[i] /= norm;
    }
    return s;
  }

  /** {@code ∂s_i/∂z_j = c s_i (1{i=j} − s_j^p)} for the softmax in the norm p (003 eq. 13). */
  public static double[][] jacobianOfNorm(double[] z, double c, double p) {
    double[] s = ofNorm(z, c, p);
    double[][] jacobian = new double[z.length][z.length];
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < z.length; j++) {
        jacobian[i][j] = c * s[i] * ((i == j ? 1 : 0) - Math.pow(s[j], p));
      }
    }
    return jacobian;
  }

  /**
   * The limit of softmax as c grows without bound (003 eq. 14): {@code e_k} at the one arg max; the
   * k largest that tie get 1/k each.
   */
  public static double[] limit(double[] z) {
    double largest = z[Matrices.argMax(z)];
    int ties = 0;
    for (double zi : z) {
      if (zi == largest) {
        ties++;
      }
    }
    double[] result = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      result[i] = z[i] == largest ? 1.0 / ties : 0;
    }
    return result;
  }
}
