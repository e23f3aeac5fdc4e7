package io.deltagraph.crosscheck;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.activations.Softmax;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.closedform.WorkedExample;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.losses.CategoricalCrossEntropy;
import io.deltagraph.losses.ElementwiseCrossEntropy;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Map;

/**
 * The worked example of file 004 by the engine: what {@link WorkedExample} computes by formulas is
 * computed again by a graph and its gradients.
 *
 * @param table published numbers beside true ones, every slip by its name
 * @param quantities how far the engine's numbers lie from the true ones
 * @param report the three columns for the example's gradients
 */
public record ExampleCheck(String table, List<Quantity> quantities, GradientReport report) {
  public ExampleCheck {
    quantities = ImmutableList.copyOf(quantities);
  }

  /**
   * One quantity of the example.
   *
   * @param name as in {@link WorkedExample}
   * @param difference the largest between the engine and the true numbers
   */
  public record Quantity(String name, double difference) {}

  /** Computes the example. */
  public static ExampleCheck of(OpLookup ops) {
    Map<String, Tensor> parameters =
        ImmutableMap.of(
            "layer1.weight", Tensor.matrix(WorkedExample.weights()),
            "layer1.bias", Tensor.vector(WorkedExample.bias()));
    Samples sample =
        new Samples(Tensor.matrix(WorkedExample.input()), Tensor.matrix(WorkedExample.target()));
    NetworkPlan plan = plan(CategoricalCrossEntropy.ID);
    List<Tensor> engine = new java.util.ArrayList<>(step(plan, ops, parameters, sample));
    engine.add(step(plan(ElementwiseCrossEntropy.ID), ops, parameters, sample).get(2));
    ImmutableList.Builder<Quantity> quantities = ImmutableList.builder();
    List<WorkedExample.Quantity> known = WorkedExample.quantities();
    for (int i = 0; i < known.size(); i++) {
      quantities.add(
          new Quantity(known.get(i).name(), difference(engine.get(i), known.get(i).computed())));
    }
    return new ExampleCheck(
        WorkedExample.table(), quantities.build(), CrossCheck.of(plan, ops, parameters, sample, 0));
  }

  private static NetworkPlan plan(OpId loss) {
    return new NetworkPlan(
        WorkedExample.input().length,
        ImmutableList.of(
            new LayerPlan(
                WorkedExample.target().length, OpChoice.of(Softmax.ID), new Initialiser.Zeros())),
        false,
        OpChoice.of(loss, LossReduction.ATTRIBUTE, LossReduction.MEAN.text()),
        0,
        0,
        DType.F64);
  }

  /** z, ŷ, δ, ∂C/∂W, ∂C/∂b and the parameters after a step, in the order of the example. */
  private static List<Tensor> step(
      NetworkPlan plan, OpLookup ops, Map<String, Tensor> parameters, Samples sample) {
    Network network = Network.build(plan, ops, Seeds.of(0));
    Layer layer = network.layers().getFirst();
    Gradient gradient =
        Gradient.of(network.loss(), List.of(layer.preActivation(), layer.weights(), layer.bias()));
    Value weights = gradient.wrt(layer.weights());
    Value bias = gradient.wrt(layer.bias());
    Value rate = weights.constant(WorkedExample.learningRate());
    return Evaluate.values(
        List.of(
            layer.preActivation(),
            network.outputs(),
            gradient.wrt(layer.preActivation()),
            weights,
            bias,
            layer.weights().minus(weights.times(rate)),
            layer.bias().minus(bias.times(rate))),
        ImmutableMap.<String, Tensor>builder()
            .putAll(parameters)
            .put(network.inputs().label(), sample.inputs())
            .put(network.targets().label(), sample.targets())
            .buildOrThrow());
  }

  private static double difference(Tensor tensor, double[][] known) {
    double worst = 0;
    int next = 0;
    for (double[] row : known) {
      for (double value : row) {
        worst = Math.max(worst, Math.abs(tensor.get(next++) - value));
      }
    }
    return next == tensor.length() ? worst : Double.POSITIVE_INFINITY;
  }

  /** Whether the engine confirms every true number and every gradient. */
  public Verdict verdict() {
    boolean confirmed =
        quantities.stream().allMatch(quantity -> quantity.difference() <= Bounds.CLOSED_FORM);
    return (confirmed ? Verdict.PASS : Verdict.FAIL).and(report.verdict());
  }
}
