package io.deltagraph.crosscheck;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Cause;
import io.deltagraph.check.Clues;
import io.deltagraph.check.DerivativeSlip;
import io.deltagraph.check.Slip;
import io.deltagraph.check.Symptom;
import io.deltagraph.closedform.Activation;
import io.deltagraph.closedform.Backpropagation;
import io.deltagraph.closedform.Elementwise;
import io.deltagraph.models.Layer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * What the gradients of a net would be if one of the usual mistakes had been made in them. Each
 * prediction starts from the delta of the layer above as autodiff has it, so that a mistake is
 * named where it is made, and what only follows from it is told apart.
 */
final class UsualMistakes {
  private final ClosedFormNet net;
  private final Backpropagation back;
  private final Samples rows;
  private final Map<String, Tensor> autodiff;

  /**
   * The mistakes around one net at one point.
   *
   * @param net the formulas
   * @param back their deltas and activations
   * @param rows X and T
   * @param autodiff the gradients under test, by the names of the report's rows
   */
  UsualMistakes(
      ClosedFormNet net, Backpropagation back, Samples rows, Map<String, Tensor> autodiff) {
    this.net = net;
    this.back = back;
    this.rows = rows;
    this.autodiff = autodiff;
  }

  /** Clues for the row of that name; those known where it is of another kind. */
  Clues of(Clues known, String row) {
    for (int layer = 1; layer <= back.layers().size(); layer++) {
      if (row.equals("delta" + layer)) {
        return delta(known, layer);
      }
      if (row.equals(Layer.weight(layer))) {
        return weights(known, layer);
      }
      if (row.equals(Layer.bias(layer))) {
        return biases(known, layer);
      }
    }
    return known;
  }

  /** Clues for a layer's delta, {@code δ = φ'(Z) ⊙ (δ(l+1) W(l+1))}; layers count from 1. */
  private Clues delta(Clues known, int layer) {
    boolean last = layer == back.layers().size();
    double[][] above =
        last ? net.costGradient(back, rows) : net.downstream(delta(layer + 1), layer, false);
    Activation activation = net.activation(layer);
    double[][] z = back.layers().get(layer - 1).preActivation();
    double[][] a = back.layers().get(layer - 1).activation();
    String slope = "the local derivative φ'(Z" + layer + ")";
    Clues clues = known;
    if (!last) {
      clues =
          suspect(
              clues,
              new Symptom.FollowsFrom("delta" + (layer + 1)),
              pullback(activation, z, above));
    }
    clues = suspect(clues, new DerivativeSlip.Missing(layer, slope), above);
    if (activation instanceof Elementwise && !last) {
      double[][] ones = combined(z, z, (x, y) -> 1);
      clues =
          suspect(
              clues,
              new Slip.MissingIncoming("delta" + (layer + 1)),
              pullback(activation, z, ones));
      clues =
          suspect(
              clues,
              new DerivativeSlip.Argument("A" + layer, "Z" + layer),
              pullback(activation, a, above));
      clues =
          suspect(
              clues,
              new Slip.WrongOperand("the activation A" + layer, slope),
              combined(above, a, (x, y) -> x * y));
      clues =
          clues
              .slope(layer, slope, Tensor.matrix(pullback(activation, z, ones)))
              .factor("A" + layer, Tensor.matrix(a))
              .factor("1 − A" + layer, Tensor.matrix(combined(a, a, (x, y) -> 1 - x)));
    }
    double[][] weights = last ? new double[0][0] : net.weights(layer + 1);
    if (!last && weights.length == weights[0].length) {
      String name = "W" + (layer + 1);
      clues =
          suspect(
              clues,
              new Slip.Transposed(name),
              pullback(activation, z, product(delta(layer + 1), transposed(weights))));
    }
    return clues;
  }

  /** Clues for a layer's weights, {@code δᵀ A(l−1)} and the penalty's part. */
  private Clues weights(Clues known, int layer) {
    double[][] delta = transposed(delta(layer));
    double[][] inputs = rows.inputs().toRows();
    double[][] penalty = net.penaltyGradient(layer, inputs.length);
    boolean penalised =
        Arrays.stream(penalty).flatMapToDouble(Arrays::stream).anyMatch(p -> p != 0);
    Clues clues = penalised ? known.penalty("W" + layer, Tensor.matrix(penalty)) : known;
    double[][] below = layer == 1 ? inputs : back.layers().get(layer - 2).activation();
    clues =
        suspect(
            clues,
            new Symptom.FollowsFrom("delta" + layer),
            combined(product(delta, below), penalty, Double::sum));
    String right = layer == 1 ? "X" : "A" + (layer - 1);
    if (layer > 1) {
      double[][] z = back.layers().get(layer - 2).preActivation();
      clues =
          suspect(
              clues,
              new Slip.WrongOperand("Z" + (layer - 1), right),
              combined(product(delta, z), penalty, Double::sum));
    }
    double[][] own = back.layers().get(layer - 1).activation();
    return own[0].length == below[0].length
        ? suspect(
            clues,
            new Slip.WrongLayer("A" + layer, right),
            combined(product(delta, own), penalty, Double::sum))
        : clues;
  }

  /** Clues for a layer's biases, the sum of δ over the samples. */
  private Clues biases(Clues known, int layer) {
    double[][] delta = delta(layer);
    double[] sums = new double[delta[0].length];
    for (double[] row : delta) {
      Arrays.setAll(sums, j -> sums[j] + row[j]);
    }
    return known
        .suspect(new Symptom.FollowsFrom("delta" + layer), Tensor.vector(sums))
        .terms(Tensor.matrix(delta), 0);
  }

  private double[][] delta(int layer) {
    return requireNonNull(autodiff.get("delta" + layer)).toRows();
  }

  private static Clues suspect(Clues clues, Cause cause, double[][] gradient) {
    return clues.suspect(cause, Tensor.matrix(gradient));
  }

  private static double[][] pullback(Activation activation, double[][] z, double[][] above) {
    double[][] result = new double[z.length][];
    Arrays.setAll(result, i -> activation.pullback(z[i], above[i]));
    return result;
  }

  private static double[][] combined(double[][] left, double[][] right, DoubleBinaryOperator by) {
    double[][] result = new double[left.length][left[0].length];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < result[i].length; j++) {
        result[i][j] = by.applyAsDouble(left[i][j], right[i][j]);
      }
    }
    return result;
  }

  private static double[][] product(double[][] left, double[][] right) {
    double[][] result = new double[left.length][right[0].length];
    for (int i = 0; i < result.length; i++) {
      for (int k = 0; k < right.length; k++) {
        for (int j = 0; j < result[i].length; j++) {
          result[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return result;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }
}
