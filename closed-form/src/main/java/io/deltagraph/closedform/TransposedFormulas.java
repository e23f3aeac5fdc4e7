package io.deltagraph.closedform;

/**
 * One layer in the orientation of files 001 and 003: W is in x out, so that {@code w_ij} joins
 * neuron i of the layer below to neuron j, and a sample is a column; written from those files'
 * index forms, not from {@link Backpropagation}.
 */
public final class TransposedFormulas {
  private TransposedFormulas() {}

  /** {@code W} of the other orientation: in x out to out x in and back. */
  public static double[][] flip(double[][] weights) {
    return Matrices.transpose(weights);
  }

  /**
   * {@code s_j = b_j + Σi x_i w_ij}, that is {@code s = Wᵀ x + b} (001 with the index put right;
   * 003 eq. 30, 43).
   */
  public static double[] signal(double[][] weights, double[] bias, double[] input) {
    Matrices.requireSize(weights.length, input.length, "the number of rows of W");
    double[] signal = bias.clone();
    for (int j = 0; j < signal.length; j++) {
      for (int i = 0; i < input.length; i++) {
        signal[j] += input[i] * weights[i][j];
      }
    }
    return signal;
  }

  /**
   * {@code δ_i^{l−1} = φ'(s_i^{l−1}) Σj δ_j w_ij}, that is {@code (W δ) ⊙ φ'(s)} (001; 003 eq. 41,
   * 45).
   */
  public static double[] hiddenDelta(
      double[][] weights, double[] delta, double[] signalBelow, Elementwise activationBelow) {
    double[] result = new double[signalBelow.length];
    for (int i = 0; i < result.length; i++) {
      double sum = 0;
      for (int j = 0; j < delta.length; j++) {
        sum += delta[j] * weights[i][j];
      }
      result[i] = activationBelow.derivativeAt(signalBelow[i]) * sum;
    }
    return result;
  }

  /** {@code ∂C/∂w_ij = x_i δ_j}, that is {@code x δᵀ}: in x out (001; 003 eq. 35, 46). */
  public static double[][] weightGradient(double[] input, double[] delta) {
    double[][] gradient = new double[input.length][delta.length];
    for (int i = 0; i < input.length; i++) {
      for (int j = 0; j < delta.length; j++) {
        gradient[i][j] = input[i] * delta[j];
      }
    }
    return gradient;
  }
}
