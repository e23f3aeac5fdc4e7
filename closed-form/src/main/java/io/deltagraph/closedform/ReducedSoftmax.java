package io.deltagraph.closedform;

/**
 * {@code p_i = e^{z_i} / (1 + Σ(j<K) e^{z_j})} for {@code i < K}: softmax with K − 1 free logits,
 * the last one held at 0 (002).
 *
 * <p>Rows have K − 1 entries; the probability of class K is what is left to 1. The Jacobian is
 * {@code diag(p) − p pᵀ}.
 */
public record ReducedSoftmax() implements Activation {
  @Override
  public double[] value(double[] z) {
    double largest = Math.max(0, z[Matrices.argMax(z)]);
    double sum = Math.exp(-largest); // the reference class
    double[] p = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      p[i] = Math.exp(z[i] - largest);
      sum += p[i];
    }
    for (int i = 0; i < z.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** {@code p_K = 1 / (1 + Σ(j<K) e^{z_j})}, the probability of the reference class. */
  public double reference(double[] z) {
    return Math.exp(logReference(z));
  }

  /** {@code ln p_K = −ln(1 + Σ(j<K) e^{z_j})}. */
  double logReference(double[] z) {
    double largest = Math.max(0, z[Matrices.argMax(z)]);
    double sum = Math.exp(-largest);
    for (double zj : z) {
      sum += Math.exp(zj - largest);
    }
    return -largest - Math.log(sum);
  }

  @Override
  public double[] pullback(double[] z, double[] gradient) {
    double[] p = value(z);
    double mean = Matrices.dot(p, gradient);
    double[] delta = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      delta[i] = p[i] * (gradient[i] - mean);
    }
    return delta;
  }

  @Override
  public double[] pushforward(double[] z, double[] change) {
    return pullback(z, change); // the Jacobian is symmetric
  }

  @Override
  public double[] pullbackScale(double[] z, double[] scale) {
    double[] p = value(z);
    double mean = Matrices.dot(p, scale);
    double[] result = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      result[i] = p[i] * (scale[i] + mean);
    }
    return result;
  }
}
