package io.deltagraph.closedform;

import java.util.List;

/**
 * How the output of a net answers small changes of its input: {@code dy = diag φ'(sL) WL ⋯ diag
 * φ'(s1) W1 dx} (003 eq. 33–34, with the diag that eq. 34 leaves out).
 */
public final class Sensitivity {
  private Sensitivity() {}

  /**
   * {@code dy}, of length dL.
   *
   * @param net the layers
   * @param input the point x, of length d0: dy depends on it through every {@code φ'(s)}
   * @param change dx, of length d0
   */
  public static double[] of(List<DenseLayer> net, double[] input, double[] change) {
    double[] x = input;
    double[] dx = change;
    for (DenseLayer layer : net) {
      Matrices.requireSize(x.length, layer.inputs(), "the number of inputs");
      Matrices.requireSize(dx.length, layer.inputs(), "the length of the change");
      double[] s = new double[layer.outputs()];
      double[] ds = new double[layer.outputs()];
      for (int j = 0; j < s.length; j++) {
        s[j] = Matrices.dot(layer.weights()[j], x) + layer.bias()[j];
        ds[j] = Matrices.dot(layer.weights()[j], dx);
      }
      dx = layer.activation().pushforward(s, ds);
      x = layer.activation().value(s);
    }
    return dx;
  }

  /** The Jacobian {@code ∂y/∂x}, dL x d0. */
  public static double[][] jacobian(List<DenseLayer> net, double[] input) {
    double[][] columns = new double[input.length][];
    for (int k = 0; k < input.length; k++) {
      double[] unit = new double[input.length];
      unit[k] = 1;
      columns[k] = of(net, input, unit);
    }
    return Matrices.transpose(columns);
  }
}
