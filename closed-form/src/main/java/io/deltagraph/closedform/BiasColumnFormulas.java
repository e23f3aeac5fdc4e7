package io.deltagraph.closedform;

/**
 * The formulas in the layout of file 002: Θ is out x (in + 1) with the bias as its column 0, every
 * activation is led by a 1, and the gradients of the samples are accumulated in Δ; for sigmoid nets
 * under the element-wise cross entropy.
 */
public final class BiasColumnFormulas {
  private BiasColumnFormulas() {}

  /** {@code Θ = [b | W]}: out x (in + 1). */
  public static double[][] join(double[][] weights, double[] bias) {
    Matrices.requireSize(bias.length, weights.length, "the length of the bias");
    double[][] theta = new double[weights.length][Matrices.columns(weights, "weights") + 1];
    for (int j = 0; j < weights.length; j++) {
      theta[j][0] = bias[j];
      System.arraycopy(weights[j], 0, theta[j], 1, weights[j].length);
    }
    return theta;
  }

  /** The columns of Θ behind the first. */
  public static double[][] weights(double[][] theta) {
    double[][] weights = new double[theta.length][];
    for (int j = 0; j < theta.length; j++) {
      weights[j] = java.util.Arrays.copyOfRange(theta[j], 1, theta[j].length);
    }
    return weights;
  }

  /** Column 0 of Θ. */
  public static double[] bias(double[][] theta) {
    double[] bias = new double[theta.length];
    for (int j = 0; j < theta.length; j++) {
      bias[j] = theta[j][0];
    }
    return bias;
  }

  /** {@code a^{l+1} = σ(Θ [1 ∥ a^l])} for one sample. */
  public static double[] activation(double[][] theta, double[] below) {
    double[] a = new double[theta.length];
    for (int j = 0; j < theta.length; j++) {
      double z = theta[j][0];
      for (int k = 0; k < below.length; k++) {
        z += theta[j][k + 1] * below[k];
      }
      a[j] = 1 / (1 + Math.exp(-z));
    }
    return a;
  }

  /**
   * {@code D} for every Θ of a sigmoid net: {@code δL = a − y}, {@code δl = Θᵀ δ(l+1) ⊙ a ⊙ (1 −
   * a)} without the bias column, {@code Δ += δ(l+1) [1 ∥ a]ᵀ}, then {@code D = 1/m Δ + λ/m Θ}, and
   * {@code D = 1/m Δ} in column 0 (002, "backpropagation algorithm", with the λ/m that belongs to
   * its cost).
   *
   * @param thetas one out x (in + 1) array per layer
   * @param inputs m x d0
   * @param targets m x dL
   * @param l2Strength λ of {@code λ/(2m) Σ Θ²}
   */
  public static double[][][] gradients(
      double[][][] thetas, double[][] inputs, double[][] targets, double l2Strength) {
    int layers = thetas.length;
    int m = inputs.length;
    double[][][] accumulated = new double[layers][][];
    for (int l = 0; l < layers; l++) {
      accumulated[l] = new double[thetas[l].length][thetas[l][0].length];
    }
    for (int i = 0; i < m; i++) {
      double[][] a = new double[layers + 1][];
      a[0] = inputs[i];
      for (int l = 0; l < layers; l++) {
        a[l + 1] = activation(thetas[l], a[l]);
      }
      double[] delta = new double[a[layers].length];
      for (int j = 0; j < delta.length; j++) {
        delta[j] = a[layers][j] - targets[i][j];
      }
      for (int l = layers - 1; l >= 0; l--) {
        accumulate(accumulated[l], delta, a[l]);
        if (l > 0) {
          delta = hiddenDelta(thetas[l], delta, a[l]);
        }
      }
    }
    for (int l = 0; l < layers; l++) {
      for (int j = 0; j < accumulated[l].length; j++) {
        for (int k = 0; k < accumulated[l][j].length; k++) {
          accumulated[l][j][k] =
              (accumulated[l][j][k] + (k == 0 ? 0 : l2Strength * thetas[l][j][k])) / m;
        }
      }
    }
    return accumulated;
  }

  private static void accumulate(double[][] accumulated, double[] delta, double[] below) {
    for (int j = 0; j < delta.length; j++) {
      accumulated[j][0] += delta[j];
      for (int k = 0; k < below.length; k++) {
        accumulated[j][k + 1] += delta[j] * below[k];
      }
    }
  }

  private static double[] hiddenDelta(double[][] theta, double[] delta, double[] a) {
    double[] result = new double[a.length];
    for (int k = 0; k < a.length; k++) {
      for (int j = 0; j < delta.length; j++) {
        result[k] += theta[j][k + 1] * delta[j];
      }
      result[k] *= a[k] * (1 - a[k]);
    }
    return result;
  }
}
