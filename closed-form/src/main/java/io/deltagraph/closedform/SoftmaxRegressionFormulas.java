package io.deltagraph.closedform;

/**
 * Softmax regression over K classes (002; 003 eq. 13; 004), with θ one row per class, the bias
 * first (x0 = 1), and labels 0 … K − 1.
 *
 * <p>With K rows every class has its own; with K − 1 rows the last class is the reference and has θ
 * = 0 (002).
 */
public final class SoftmaxRegressionFormulas {
  private SoftmaxRegressionFormulas() {}

  /** {@code p_i = e^{θiᵀx} / Σ(j=1..K) e^{θjᵀx}}, K entries. */
  public static double[] probabilities(double[][] theta, double[] features) {
    double[] z = signals(theta, features);
    double largest = z[Matrices.argMax(z)];
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.exp(z[i] - largest);
      sum += z[i];
    }
    for (int i = 0; i < z.length; i++) {
      z[i] /= sum;
    }
    return z;
  }

  /**
   * {@code p_i = e^{θiᵀx} / (1 + Σ(j<K) e^{θjᵀx})} and {@code p_K = 1 / (1 + Σ(j<K) e^{θjᵀx})}: K
   * entries from K − 1 rows.
   */
  public static double[] reducedProbabilities(double[][] theta, double[] features) {
    double[] z = signals(theta, features);
    double largest = Math.max(0, z[Matrices.argMax(z)]);
    double[] p = new double[z.length + 1];
    p[z.length] = Math.exp(-largest);
    double sum = p[z.length];
    for (int i = 0; i < z.length; i++) {
      p[i] = Math.exp(z[i] - largest);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** {@code T(y)}: K − 1 entries, 1 at the label, all 0 for class K (002). */
  public static double[] reducedTarget(int label, int classes) {
    double[] target = new double[classes - 1];
    if (label < classes - 1) {
      target[label] = 1;
    }
    return target;
  }

  /** {@code ln L = Σi ln Πl p_l^{1{y=l}}} (002), with K rows. */
  public static double logLikelihood(double[][] theta, double[][] features, int[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += Math.log(probabilities(theta, features[i])[labels[i]]);
    }
    return sum;
  }

  /** The same with K − 1 rows. */
  public static double reducedLogLikelihood(double[][] theta, double[][] features, int[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += Math.log(reducedProbabilities(theta, features[i])[labels[i]]);
    }
    return sum;
  }

  /** {@code ∂ln L/∂θl = Σ (1{y=l} − p_l) x}, K rows; the cost's gradient has the other sign. */
  public static double[][] logLikelihoodGradient(
      double[][] theta, double[][] features, int[] labels) {
    double[][] gradient = new double[theta.length][theta[0].length];
    for (int i = 0; i < labels.length; i++) {
      add(gradient, probabilities(theta, features[i]), features[i], labels[i]);
    }
    return gradient;
  }

  /** {@code ∂ln L/∂θl = Σ (1{y=l} − p_l) x}, K − 1 rows. */
  public static double[][] reducedLogLikelihoodGradient(
      double[][] theta, double[][] features, int[] labels) {
    double[][] gradient = new double[theta.length][theta[0].length];
    for (int i = 0; i < labels.length; i++) {
      add(gradient, reducedProbabilities(theta, features[i]), features[i], labels[i]);
    }
    return gradient;
  }

  private static void add(double[][] gradient, double[] p, double[] features, int label) {
    for (int l = 0; l < gradient.length; l++) {
      double error = (l == label ? 1 : 0) - p[l];
      gradient[l][0] += error;
      for (int j = 0; j < features.length; j++) {
        gradient[l][j + 1] += error * features[j];
      }
    }
  }

  private static double[] signals(double[][] theta, double[] features) {
    double[] z = new double[theta.length];
    for (int l = 0; l < theta.length; l++) {
      z[l] = LinearRegressionFormulas.hypothesis(theta[l], features);
    }
    return z;
  }
}
