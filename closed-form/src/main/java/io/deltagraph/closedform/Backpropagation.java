package io.deltagraph.closedform;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of a feed-forward net by the delta formulas (000 §4.3; 001; 002; 003 eq. 35–46),
 * rows as samples and weights out x in.
 *
 * <ul>
 *   <li>output: {@code δL = Jᵀ ∂C/∂AL}, with the shorter forms of the cross entropies where
 *       activation and cost belong together
 *   <li>hidden: {@code δl = φ'(Zl) ⊙ (δ(l+1) W(l+1))}
 *   <li>weights: {@code ∂C/∂Wl = δlᵀ A(l−1) + λ/n Wl}; biases: {@code ∂C/∂bl = Σ δl} over the
 *       samples
 * </ul>
 *
 * @param layers from the first to the last
 * @param cost the data term and the penalty together
 * @param dataCost the cost of the outputs against the targets
 * @param penalty {@code λ1/n Σ |W| + λ2/(2n) Σ W²} over all layers, biases left out (002 for λ2)
 * @param inputGradient {@code ∂C/∂X}, n x d0
 */
@SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
public record Backpropagation(
    List<LayerDerivatives> layers,
    double cost,
    double dataCost,
    double penalty,
    double[][] inputGradient) {
  public Backpropagation {
    layers = List.copyOf(layers);
  }

  /** The forward and backward pass without a penalty. */
  public static Backpropagation of(
      List<DenseLayer> net, Cost cost, double[][] inputs, double[][] targets) {
    return of(net, cost, inputs, targets, WeightPenalty.NONE);
  }

  /**
   * The forward and backward pass.
   *
   * @param net at least one layer
   * @param cost states its reduction
   * @param inputs n x d0
   * @param targets n x dL
   * @param l2Strength λ of the penalty {@code λ/(2n) Σ W²}
   * @throws IllegalArgumentException if shapes do not fit
   */
  public static Backpropagation of(
      List<DenseLayer> net, Cost cost, double[][] inputs, double[][] targets, double l2Strength) {
    return of(net, cost, inputs, targets, new WeightPenalty(0, l2Strength));
  }

  /** The same with a penalty of both kinds. */
  public static Backpropagation of(
      List<DenseLayer> net,
      Cost cost,
      double[][] inputs,
      double[][] targets,
      WeightPenalty weightPenalty) {
    if (net.isEmpty()) {
      throw new IllegalArgumentException("the net has no layers; at least one is expected");
    }
    int samples = inputs.length;
    List<double[][]> preActivations = new ArrayList<>();
    List<double[][]> activations = new ArrayList<>();
    double[][] current = inputs;
    double penalty = 0;
    for (DenseLayer layer : net) {
      preActivations.add(layer.preActivation(current));
      current = OutputLayer.values(layer.activation(), preActivations.getLast());
      activations.add(current);
      penalty += weightPenalty.value(layer.weights(), samples);
    }

    Activation outputActivation = net.getLast().activation();
    double[][] z = preActivations.getLast();
    double[][] delta = OutputLayer.delta(outputActivation, cost, z, targets);
    double[][] deltaScale = OutputLayer.deltaScale(outputActivation, cost, z, targets);

    LayerDerivatives[] derivatives = new LayerDerivatives[net.size()];
    double[][] downstream = delta;
    for (int l = net.size() - 1; l >= 0; l--) {
      DenseLayer layer = net.get(l);
      double[][] below = l == 0 ? inputs : activations.get(l - 1);
      derivatives[l] =
          new LayerDerivatives(
              preActivations.get(l),
              activations.get(l),
              delta,
              deltaScale,
              weightGradient(delta, below, layer.weights(), weightPenalty),
              weightGradient(
                  deltaScale,
                  Matrices.absolute(below),
                  Matrices.absolute(layer.weights()),
                  weightPenalty),
              columnSums(delta),
              columnSums(deltaScale));
      downstream = Matrices.product(delta, layer.weights());
      if (l > 0) {
        double[][] downstreamScale =
            Matrices.product(deltaScale, Matrices.absolute(layer.weights()));
        Activation activation = net.get(l - 1).activation();
        double[][] zBelow = preActivations.get(l - 1);
        delta = new double[samples][];
        deltaScale = new double[samples][];
        for (int i = 0; i < samples; i++) {
          delta[i] = activation.pullback(zBelow[i], downstream[i]);
          deltaScale[i] = activation.pullbackScale(zBelow[i], downstreamScale[i]);
        }
      }
    }
    double dataCost = OutputLayer.cost(outputActivation, cost, z, targets);
    return new Backpropagation(
        List.of(derivatives), dataCost + penalty, dataCost, penalty, downstream);
  }

  /** The data term and the penalty, by a forward pass alone; what a difference quotient needs. */
  public static double costOf(
      List<DenseLayer> net, Cost cost, double[][] inputs, double[][] targets, double l2Strength) {
    return costOf(net, cost, inputs, targets, new WeightPenalty(0, l2Strength));
  }

  /** The same with a penalty of both kinds. */
  public static double costOf(
      List<DenseLayer> net,
      Cost cost,
      double[][] inputs,
      double[][] targets,
      WeightPenalty weightPenalty) {
    double[][] current = inputs;
    double penalty = 0;
    for (DenseLayer layer : net.subList(0, net.size() - 1)) {
      current = layer.activation(current);
      penalty += weightPenalty.value(layer.weights(), inputs.length);
    }
    DenseLayer last = net.getLast();
    penalty += weightPenalty.value(last.weights(), inputs.length);
    return OutputLayer.cost(last.activation(), cost, last.preActivation(current), targets)
        + penalty;
  }

  /** {@code δᵀ A} and what the penalty adds: d x e. */
  private static double[][] weightGradient(
      double[][] delta, double[][] below, double[][] weights, WeightPenalty penalty) {
    double[][] gradient = new double[weights.length][weights[0].length];
    for (int j = 0; j < weights.length; j++) {
      for (int k = 0; k < weights[0].length; k++) {
        double sum = 0;
        for (int i = 0; i < delta.length; i++) {
          sum += delta[i][j] * below[i][k];
        }
        gradient[j][k] = sum + penalty.gradient(weights[j][k], delta.length);
      }
    }
    return gradient;
  }

  private static double[] columnSums(double[][] matrix) {
    double[] sums = new double[matrix[0].length];
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        sums[j] += row[j];
      }
    }
    return sums;
  }
}
