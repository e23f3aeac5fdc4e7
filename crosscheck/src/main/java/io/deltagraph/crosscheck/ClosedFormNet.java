package io.deltagraph.crosscheck;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.activations.LogSoftmax;
import io.deltagraph.closedform.Activation;
import io.deltagraph.closedform.Backpropagation;
import io.deltagraph.closedform.Cost;
import io.deltagraph.closedform.CostReduction;
import io.deltagraph.closedform.CostTerm;
import io.deltagraph.closedform.DenseLayer;
import io.deltagraph.closedform.Elementwise;
import io.deltagraph.closedform.ReducedSoftmax;
import io.deltagraph.closedform.SoftmaxActivation;
import io.deltagraph.closedform.WeightPenalty;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.losses.NegativeLogLikelihood;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A net as the notes write it: plain arrays, and the formulas that belong to its activations and
 * cost.
 */
final class ClosedFormNet {
  private static final ImmutableMap<Object, CostReduction> REDUCTIONS =
      ImmutableMap.of(
          LossReduction.SUM.text(), CostReduction.SUM,
          LossReduction.MEAN.text(), CostReduction.MEAN_OVER_SAMPLES,
          LossReduction.MEAN_ALL.text(), CostReduction.MEAN_OVER_ALL);

  private final NetworkPlan plan;
  private final List<Activation> activations;
  private final Cost cost;
  private final List<DenseLayer> layers;

  private ClosedFormNet(
      NetworkPlan plan, List<Activation> activations, Cost cost, List<DenseLayer> layers) {
    this.plan = plan;
    this.activations = ImmutableList.copyOf(activations);
    this.cost = cost;
    this.layers = ImmutableList.copyOf(layers);
  }

  /** Why a net has no closed form. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String what) {
      super("The notes have no formula for " + what + ".");
    }
  }

  /**
   * The formulas for a net at some parameters, in double precision.
   *
   * @throws Missing where the notes have none for one of its ops
   */
  static ClosedFormNet of(NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters)
      throws Missing {
    if (!plan.isPlain()) {
      throw new Missing("normalisation and dropout");
    }
    List<Activation> activations = new ArrayList<>();
    for (LayerPlan layer : plan.layers()) {
      boolean last = activations.size() == plan.layers().size() - 1;
      Tensor alpha = parameters.get(Layer.further(activations.size() + 1, ClosedForms.SLOPE));
      activations.add(last ? output(plan, alpha) : activation(layer.activation(), slope(alpha)));
    }
    List<DenseLayer> layers = new ArrayList<>();
    for (Activation activation : activations) {
      int number = layers.size() + 1;
      layers.add(
          new DenseLayer(
              requireNonNull(parameters.get(Layer.weight(number))).toRows(),
              requireNonNull(parameters.get(Layer.bias(number))).toDoubles(),
              activation));
    }
    return new ClosedFormNet(plan, activations, cost(plan, ops), layers);
  }

  private static double slope(@Nullable Tensor alpha) {
    return alpha == null ? 0 : alpha.item();
  }

  private static Activation activation(OpChoice choice, double alpha) throws Missing {
    return ClosedForms.activation(choice, alpha)
        .orElseThrow(() -> new Missing("the activation '" + choice + "'"));
  }

  /** What stands between the last layer's Z and the cost, as the cost sees it. */
  private static Activation output(NetworkPlan plan, @Nullable Tensor alpha) throws Missing {
    OpChoice choice = plan.layers().getLast().activation();
    OpChoice loss = plan.loss();
    boolean inLoss = ClosedForms.ofLogits(loss).isPresent();
    boolean logarithm = choice.is(LogSoftmax.ID) && ClosedForms.alongRows(choice);
    boolean logLikelihood = loss.is(NegativeLogLikelihood.ID);
    if (logLikelihood != logarithm && !inLoss) {
      throw new Missing("the loss '" + loss + "' of the activation '" + choice + "'");
    }
    Activation activation =
        logLikelihood
            ? new SoftmaxActivation()
            : inLoss ? ClosedForms.ofLogits(loss).orElseThrow() : activation(choice, slope(alpha));
    if (!plan.referenceClass()) {
      return activation;
    }
    if (!activation.equals(new SoftmaxActivation())) {
      throw new Missing("a reference class under '" + choice + "' and '" + loss + "'");
    }
    return new ReducedSoftmax();
  }

  private static Cost cost(NetworkPlan plan, OpLookup ops) throws Missing {
    OpChoice loss = plan.loss();
    Cost cost =
        ClosedForms.cost(loss, reduction(loss, ops))
            .orElseThrow(() -> new Missing("the loss '" + loss + "'"));
    if (!plan.referenceClass()) {
      return cost;
    }
    if (cost
        instanceof Cost.Summed(CostTerm.CategoricalCrossEntropy term, CostReduction reduction)) {
      return new Cost.ReducedCategoricalCrossEntropy(reduction);
    }
    throw new Missing("a reference class under the loss '" + loss + "'");
  }

  /** The reduction that the loss is given, or else its own; the sum where it has no choice. */
  private static CostReduction reduction(OpChoice loss, OpLookup ops) throws Missing {
    Object given = loss.attributes().get(LossReduction.ATTRIBUTE);
    Object stated =
        given != null
            ? given
            : ops.op(loss.id()).schema().attributes().stream()
                .filter(attribute -> attribute.name().equals(LossReduction.ATTRIBUTE))
                .<Object>map(OpAttribute::fallback)
                .findFirst()
                .orElse(LossReduction.SUM.text());
    CostReduction reduction = REDUCTIONS.get(stated);
    if (reduction == null) {
      throw new Missing("the reduction '" + stated + "' of the loss '" + loss.op() + "'");
    }
    return reduction;
  }

  /** The cost of these samples, with their weights where they have some. */
  private Cost cost(Samples samples) {
    return plan.weighted()
        ? new Cost.Weighted(cost, samples.get(Network.WEIGHTS).toDoubles())
        : cost;
  }

  /** Deltas and gradients of weights and biases. */
  Backpropagation backpropagation(Samples samples) {
    return Backpropagation.of(
        layers,
        cost(samples),
        samples.inputs().toRows(),
        targets(samples.targets()),
        new WeightPenalty(plan.l1(), plan.l2()));
  }

  /**
   * {@code ∂C/∂α} of a layer's prelu, the sum over samples and neurons of {@code ∂C/∂A · ∂φ/∂α}
   * (003 eq. 9), and the size of the terms.
   *
   * @param number of the layer, from 1
   */
  double[] alphaGradient(Backpropagation back, Samples samples, int number) {
    boolean last = number == layers.size();
    if (!(activations.get(number - 1) instanceof Elementwise.ParametricRelu prelu)) {
      return new double[] {0, 0}; // the loss took the logits, past this activation
    }
    double[][] z = back.layers().get(number - 1).preActivation();
    double[][] outputs = back.layers().get(number - 1).activation();
    double[][] above =
        last
            ? cost(samples).gradient(outputs, targets(samples.targets()))
            : downstream(back.layers().get(number).delta(), number, false);
    double[][] scales =
        last
            ? cost(samples).gradientScale(outputs, targets(samples.targets()))
            : downstream(back.layers().get(number).deltaScale(), number, true);
    double[] sums = new double[2];
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < z[i].length; j++) {
        double slope = prelu.alphaDerivativeAt(z[i][j]);
        sums[0] += above[i][j] * slope;
        sums[1] += scales[i][j] * Math.abs(slope);
      }
    }
    return sums;
  }

  /** What stands between a layer's Z and its A; layers count from 1. */
  Activation activation(int layer) {
    return activations.get(layer - 1);
  }

  /** W of a layer, out × in. */
  double[][] weights(int layer) {
    return layers.get(layer - 1).weights();
  }

  /** {@code ∂C/∂A} of the last layer. */
  double[][] costGradient(Backpropagation back, Samples samples) {
    return cost(samples).gradient(back.layers().getLast().activation(), targets(samples.targets()));
  }

  /** What the penalty adds to a layer's {@code ∂C/∂W}. */
  double[][] penaltyGradient(int layer, int samples) {
    WeightPenalty penalty = new WeightPenalty(plan.l1(), plan.l2());
    return Arrays.stream(weights(layer))
        .map(row -> Arrays.stream(row).map(w -> penalty.gradient(w, samples)).toArray())
        .toArray(double[][]::new);
  }

  /** {@code δ W} of the layer with that index, by absolute values for the scale. */
  double[][] downstream(double[][] delta, int index, boolean scale) {
    double[][] weights = layers.get(index).weights();
    double[][] result = new double[delta.length][weights[0].length];
    for (int i = 0; i < delta.length; i++) {
      for (int k = 0; k < weights.length; k++) {
        for (int j = 0; j < weights[k].length; j++) {
          result[i][j] += delta[i][k] * (scale ? Math.abs(weights[k][j]) : weights[k][j]);
        }
      }
    }
    return result;
  }

  /**
   * Class indices become rows of 0 and 1; K targets lose their last column where class K has no
   * neuron.
   */
  private double[][] targets(Tensor targets) {
    int width = plan.layers().getLast().units();
    double[][] rows = new double[targets.size(0)][plan.outputs()];
    for (int i = 0; i < rows.length; i++) {
      if (targets.type().rank() == 1) {
        rows[i][(int) targets.get(i)] = 1;
      } else {
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = targets.get(i * rows[i].length + j);
        }
      }
      rows[i] = Arrays.copyOf(rows[i], width);
    }
    return rows;
  }
}
