package io.deltagraph.closedform;

/**
 * The cost and the delta {@code δL = ∂C/∂ZL} at the output, from the pre-activations.
 *
 * <p>Three pairs have a delta of their own, {@code ŷ − y} in kind (002, 004), and a cost that stays
 * finite where a probability underflows: logistic with the element-wise cross entropy, softmax with
 * the categorical one, and the latter's K − 1 form. Every other pair goes through {@code δL = Jᵀ
 * ∂C/∂a}: {@code φ' ⊙ ∂C/∂a} for an element-wise activation (000 §4.3, 003 eq. 44), the full
 * Jacobian for softmax.
 */
final class OutputLayer {
  private OutputLayer() {}

  static double cost(Activation activation, Cost cost, double[][] z, double[][] targets) {
    Matrices.requireSameShape(z, targets, "outputs", "targets");
    if (cost instanceof Cost.Weighted weighted) {
      return weighted.sum(i ->
          cost(activation, weighted.cost(), new double[][] {z[i]}, new double[][] {targets[i]}));
    }
    if (cost instanceof Cost.Summed(CostTerm.ElementwiseCrossEntropy term, CostReduction reduction)
        && activation instanceof Elementwise.Logistic(double c)) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        for (int j = 0; j < z[i].length; j++) {
          double x = c * z[i][j];
          // −t ln σ(x) − (1 − t) ln(1 − σ(x)) = ln(1 + e^x) − t x
          sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[i][j] * x;
        }
      }
      return sum * reduction.factor(z.length, z[0].length);
    }
    if (cost instanceof Cost.Summed(CostTerm.CategoricalCrossEntropy term, CostReduction reduction)
        && activation instanceof SoftmaxActivation softmax) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        double[] logProbabilities = softmax.logarithm(z[i]);
        for (int j = 0; j < z[i].length; j++) {
          sum -= targets[i][j] == 0 ? 0 : targets[i][j] * logProbabilities[j];
        }
      }
      return sum * reduction.factor(z.length, z[0].length);
    }
    if (cost instanceof Cost.ReducedCategoricalCrossEntropy reduced
        && activation instanceof ReducedSoftmax softmax) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum -=
            softmax.logReference(z[i])
                + Matrices.dot(targets[i], z[i]); // Σ t_j (z_j + ln p_K) + t_K ln p_K
      }
      return sum * reduced.factor(z);
    }
    return cost.value(values(activation, z), targets);
  }

  static double[][] delta(Activation activation, Cost cost, double[][] z, double[][] targets) {
    return derivative(activation, cost, z, targets, false);
  }

  static double[][] deltaScale(Activation activation, Cost cost, double[][] z, double[][] targets) {
    return derivative(activation, cost, z, targets, true);
  }

  private static double[][] derivative(
      Activation activation, Cost cost, double[][] z, double[][] targets, boolean scale) {
    Matrices.requireSameShape(z, targets, "outputs", "targets");
    if (cost instanceof Cost.Weighted weighted) {
      return weighted.rows(derivative(activation, weighted.cost(), z, targets, scale));
    }
    double[][] outputs = values(activation, z);
    if (cost instanceof Cost.Summed(CostTerm.ElementwiseCrossEntropy term, CostReduction reduction)
        && activation instanceof Elementwise.Logistic(double c)) {
      return difference(
          outputs, targets, c * reduction.factor(z.length, z[0].length), false, scale);
    }
    if (cost instanceof Cost.Summed(CostTerm.CategoricalCrossEntropy term, CostReduction reduction)
        && activation instanceof SoftmaxActivation(double c)) {
      return difference(outputs, targets, c * reduction.factor(z.length, z[0].length), true, scale);
    }
    if (cost instanceof Cost.ReducedCategoricalCrossEntropy reduced
        && activation instanceof ReducedSoftmax) {
      return difference(outputs, targets, reduced.factor(z), false, scale);
    }
    double[][] gradient =
        scale ? cost.gradientScale(outputs, targets) : cost.gradient(outputs, targets);
    double[][] result = new double[z.length][];
    for (int i = 0; i < z.length; i++) {
      result[i] =
          scale
              ? activation.pullbackScale(z[i], gradient[i])
              : activation.pullback(z[i], gradient[i]);
    }
    return result;
  }

  /** {@code factor (ŷ w − y)} with w = Σ y over the row, or 1; by absolute values for the scale. */
  private static double[][] difference(
      double[][] outputs, double[][] targets, double factor, boolean weighted, boolean scale) {
    double[][] result = new double[outputs.length][outputs[0].length];
    for (int i = 0; i < outputs.length; i++) {
      double weight = 0;
      for (double t : targets[i]) {
        weight += scale ? Math.abs(t) : t;
      }
      for (int j = 0; j < outputs[i].length; j++) {
        double first = weighted ? outputs[i][j] * weight : outputs[i][j];
        result[i][j] =
            factor * (scale ? Math.abs(first) + Math.abs(targets[i][j]) : first - targets[i][j]);
      }
    }
    return result;
  }

  static double[][] values(Activation activation, double[][] z) {
    double[][] a = new double[z.length][];
    for (int i = 0; i < z.length; i++) {
      a[i] = activation.value(z[i]);
    }
    return a;
  }
}
