package io.deltagraph.experiments;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.check.GradientReport;
import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.crosscheck.Standstill;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.NonFinite;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The check of an experiment's gradients on the first rows that its training sees.
 *
 * @param plan the net that is checked: the experiment's, or for a perceptron, whose step has no
 *     gradient, the sigmoid neuron with half the squared error (000 §1.2)
 * @param samples the rows
 * @param seed of the run
 */
public record ExperimentCheck(NetworkPlan plan, Samples samples, long seed) {
  private static final int MOST_ROWS = 64;
  private static final int FEWER_ROWS = 32;
  private static final int WIDE = 100;

  /**
   * The check of an experiment: on the rows of its first batch, at most 64 of them, or 32 where its
   * layers have more than 100 neurons together.
   */
  public static ExperimentCheck of(Experiment experiment) {
    Samples all = experiment.training().samples();
    long seed = experiment.spec().seed();
    NetworkPlan plan = plan(experiment);
    int neurons = plan.layers().stream().mapToInt(LayerPlan::units).sum();
    int most = neurons > WIDE ? FEWER_ROWS : MOST_ROWS;
    int count = Math.min(most, experiment.spec().batch().orElse(most));
    // A batch of one row, as perceptrons take, says little.
    int rows = Math.min(all.count(), count < 4 ? most : count);
    int[] order = Seeds.of(seed).derive("shuffle", 1).stream().permutation(all.count());
    return new ExperimentCheck(plan, all.rows(Arrays.copyOf(order, rows)), seed);
  }

  private static NetworkPlan plan(Experiment experiment) {
    NetworkPlan plan = experiment.plan();
    return switch (experiment.spec().model()) {
      case ModelSpec.Perceptron ignored ->
          new NetworkPlan(
              plan.features(),
              ImmutableList.of(
                  new LayerPlan(
                      1, OpChoice.of(Sigmoid.ID), plan.layers().getFirst().initialiser())),
              false,
              OpChoice.of(HalfSquaredError.ID, LossReduction.ATTRIBUTE, LossReduction.MEAN.text()),
              0,
              0,
              plan.dtype());
      case ModelSpec.Linear ignored -> plan;
      case ModelSpec.Logistic ignored -> plan;
      case ModelSpec.Softmax ignored -> plan;
      case ModelSpec.Mlp ignored -> plan;
    };
  }

  /**
   * The report at random weights: those that training starts from. What would start from 0 says
   * little, or lies on a kink, and is drawn from the normal distribution of deviation {@code
   * 1/√fanIn} instead.
   */
  public GradientReport before(OpLookup ops) {
    return at(weights(ops), ops);
  }

  /** What makes the first number that is not finite in {@link #before}, if there is any. */
  public Optional<NonFinite> firstNonFinite(OpLookup ops) {
    return CrossCheck.firstNonFinite(plan, ops, weights(ops), samples);
  }

  /** Why gradients at given weights are too small to be compared. */
  public String standstill(Map<String, Tensor> parameters, OpLookup ops) {
    return Standstill.of(plan, ops, parameters, samples).stream()
        .map(Standstill.Finding::sentence)
        .collect(Collectors.joining(" "));
  }

  /** The random weights of {@link #before}, by name. */
  public Map<String, Tensor> weights(OpLookup ops) {
    ImmutableMap.Builder<String, Tensor> weights = ImmutableMap.builder();
    Network network = Network.build(plan, ops, Seeds.of(seed));
    RandomStream random = Seeds.of(seed).derive("check").stream();
    Initialiser normal = new Initialiser.NormalFanIn();
    for (Layer layer : network.layers()) {
      int units = layer.plan().units();
      int fanIn = layer.weights().shape().dim(1).size();
      for (GraphParameter parameter : network.parameters()) {
        if (parameter.label().startsWith(layer.name() + ".")) {
          Tensor value = requireNonNull(network.initial().get(parameter));
          boolean zero = Arrays.stream(value.toDoubles()).allMatch(x -> x == 0);
          weights.put(
              parameter.label(),
              zero ? Tensor.generate(value.type(), i -> normal.draw(random, fanIn, units)) : value);
        }
      }
    }
    network
        .model()
        .updates()
        .keySet()
        .forEach(state -> weights.put(state.label(), requireNonNull(network.initial().get(state))));
    return weights.buildOrThrow();
  }

  /** The report at given weights. */
  public GradientReport at(Map<String, Tensor> parameters, OpLookup ops) {
    return CrossCheck.of(plan, ops, parameters, samples, seed);
  }
}
