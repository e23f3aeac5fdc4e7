package io.deltagraph.models.crosscheck;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.closedform.Activation;
import io.deltagraph.closedform.Backpropagation;
import io.deltagraph.closedform.Cost;
import io.deltagraph.closedform.CostTerm;
import io.deltagraph.closedform.DenseLayer;
import io.deltagraph.closedform.Elementwise;
import io.deltagraph.closedform.ReducedSoftmax;
import io.deltagraph.closedform.Reduction;
import io.deltagraph.closedform.Softmax;
import io.deltagraph.graph.Attribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.network.LayerPlan;
import io.deltagraph.models.network.NetworkPlan;
import io.deltagraph.models.network.OpChoice;
import io.deltagraph.models.training.Samples;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A net as the notes write it: plain arrays, and the formulas that belong to its activations and
 * cost.
 */
final class ClosedFormNet {
  private static final ImmutableMap<String, Function<OpChoice, Activation>> ACTIVATIONS =
      ImmutableMap.<String, Function<OpChoice, Activation>>builder()
          .put("identity", choice -> new Elementwise.Identity())
          .put("linear", choice -> new Elementwise.Linear(number(choice, "k", 1)))
          .put("relu", choice -> new Elementwise.Relu())
          .put(
              "leaky_relu", choice -> new Elementwise.ParametricRelu(number(choice, "alpha", 0.01)))
          .put("sigmoid", choice -> new Elementwise.Logistic(number(choice, "c", 1)))
          .put("tanh", choice -> new Elementwise.Tanh())
          .put("softmax", choice -> new Softmax(1 / number(choice, "temperature", 1)))
          .buildOrThrow();

  private static final ImmutableMap<String, Function<Reduction, Cost>> COSTS =
      ImmutableMap.<String, Function<Reduction, Cost>>builder()
          .put("half_squared_error", Cost::halfSquaredError)
          .put("squared_distance", Cost::squaredDistance)
          .put("mean_squared_error", Cost::squaredDistance)
          .put("mean_absolute_error", r -> new Cost.Summed(new CostTerm.AbsoluteError(), r))
          .put("hinge", Cost::hinge)
          .put("binary_cross_entropy", Cost::elementwiseCrossEntropy)
          .put("elementwise_cross_entropy", Cost::elementwiseCrossEntropy)
          .put("binary_cross_entropy_with_logits", Cost::elementwiseCrossEntropy)
          .put("categorical_cross_entropy", Cost::categoricalCrossEntropy)
          .put("softmax_cross_entropy", Cost::categoricalCrossEntropy)
          .put("sparse_softmax_cross_entropy", Cost::categoricalCrossEntropy)
          .buildOrThrow();

  private static final ImmutableMap<Object, Reduction> REDUCTIONS =
      ImmutableMap.of(
          "sum", Reduction.SUM,
          "mean", Reduction.MEAN_OVER_SAMPLES,
          "mean_all", Reduction.MEAN_OVER_ALL);

  private final NetworkPlan plan;
  private final List<Activation> activations;
  private final Cost cost;

  private ClosedFormNet(NetworkPlan plan, List<Activation> activations, Cost cost) {
    this.plan = plan;
    this.activations = activations;
    this.cost = cost;
  }

  private static double number(OpChoice choice, String attribute, double fallback) {
    return choice.attributes().get(attribute) instanceof Number number
        ? number.doubleValue()
        : fallback;
  }

  /** The formulas for a net, or empty where the notes have none for one of its ops. */
  static Optional<ClosedFormNet> of(NetworkPlan plan, OpLookup ops) {
    Optional<Reduction> reduction = reduction(plan.loss(), ops);
    Function<Reduction, Cost> cost = COSTS.get(plan.loss().op());
    List<Activation> activations = new ArrayList<>();
    for (LayerPlan layer : plan.layers()) {
      Function<OpChoice, Activation> activation = ACTIVATIONS.get(layer.activation().op());
      if (activation == null || cost == null) {
        return Optional.empty();
      }
      activations.add(activation.apply(layer.activation()));
    }
    if (cost == null || reduction.isEmpty() || plan.l1() > 0) {
      return Optional.empty();
    }
    if (plan.referenceClass()) {
      activations.set(activations.size() - 1, new ReducedSoftmax());
      return Optional.of(
          new ClosedFormNet(
              plan, activations, new Cost.ReducedCategoricalCrossEntropy(reduction.get())));
    }
    return Optional.of(new ClosedFormNet(plan, activations, cost.apply(reduction.get())));
  }

  /** The reduction that the loss is given, or else its own. */
  private static Optional<Reduction> reduction(OpChoice loss, OpLookup ops) {
    Object given = loss.attributes().get("reduction");
    Object stated =
        given != null
            ? given
            : ops.op(OpId.of(loss.op())).schema().attributes().stream()
                .filter(attribute -> attribute.name().equals("reduction"))
                .<Object>map(Attribute::fallback)
                .findFirst()
                .orElse("");
    return Optional.ofNullable(REDUCTIONS.get(stated));
  }

  /** Deltas and gradients at some parameters, in double precision. */
  Backpropagation backpropagation(Map<String, Tensor> parameters, Samples samples) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      String name = "layer" + (i + 1);
      layers.add(
          new DenseLayer(
              requireNonNull(parameters.get(name + ".weight")).toRows(),
              requireNonNull(parameters.get(name + ".bias")).toDoubles(),
              activations.get(i)));
    }
    return Backpropagation.of(
        layers, cost, samples.inputs().toRows(), targets(samples.targets()), plan.l2());
  }

  /**
   * Class indices become rows of 0 and 1; K targets lose their last column where class K has no
   * neuron.
   */
  private double[][] targets(Tensor targets) {
    int width = plan.layers().getLast().units();
    double[][] rows = new double[targets.size(0)][];
    for (int i = 0; i < rows.length; i++) {
      if (targets.type().rank() == 1) {
        rows[i] = new double[width];
        rows[i][(int) targets.get(i)] = 1;
      } else {
        int given = targets.size(1);
        rows[i] = new double[given];
        for (int j = 0; j < given; j++) {
          rows[i][j] = targets.get(i * given + j);
        }
        rows[i] = Arrays.copyOf(rows[i], width);
      }
    }
    return rows;
  }
}
