package io.deltagraph.closedform;

/**
 * One dense layer, {@code a = φ(W x + b)}.
 *
 * @param weights out x in, one row per neuron
 * @param bias of length out
 * @param activation φ
 */
@SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
public record DenseLayer(double[][] weights, double[] bias, Activation activation) {
  public DenseLayer {
    Matrices.columns(weights, "weights");
    Matrices.requireSize(bias.length, weights.length, "the length of the bias");
  }

  /** The number of inputs. */
  public int inputs() {
    return weights[0].length;
  }

  /** The number of neurons. */
  public int outputs() {
    return weights.length;
  }

  /** {@code Z = A Wᵀ + b}: n x in to n x out (000 §3.3; 001; 002; 003 eq. 43). */
  public double[][] preActivation(double[][] inputs) {
    Matrices.requireSize(
        Matrices.columns(inputs, "inputs"), inputs(), "the number of input columns");
    double[][] z = new double[inputs.length][outputs()];
    for (int i = 0; i < inputs.length; i++) {
      for (int j = 0; j < outputs(); j++) {
        z[i][j] = Matrices.dot(weights[j], inputs[i]) + bias[j];
      }
    }
    return z;
  }

  /** {@code A = φ(A Wᵀ + b)}: n x in to n x out. */
  public double[][] activation(double[][] inputs) {
    return OutputLayer.values(activation, preActivation(inputs));
  }
}
