package io.deltagraph.training;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.random.Seeds;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains a net: each step is one run of one graph, forward, backward and update together. */
public final class Trainer {
  private final Network network;
  private final Map<Parameter, Tensor> initialState;
  private final Graph graph;

  private Trainer(
      Network network, Map<Parameter, Value> updates, Map<Parameter, Tensor> initialState) {
    this.network = network;
    this.initialState = initialState;
    GraphBuilder builder = network.inputs().builder();
    Map<String, Value> outputs =
        ImmutableMap.of(Network.OUTPUTS, network.outputs(), Network.LOSS, network.loss());
    Simplifier simplifier = Simplifier.of(builder.ops());
    this.graph = simplifier.simplify(builder.graph(outputs, updates)).graph();
  }

  /** Trains by gradients of the net's loss; makes the optimizer's state, so once per net. */
  public static Trainer byGradient(Network network, Optimizer optimizer) {
    Gradient gradient = Gradient.of(network.loss(), network.parameters());
    Map<Parameter, Value> gradients = new LinkedHashMap<>();
    network.parameters().forEach(parameter -> gradients.put(parameter, gradient.wrt(parameter)));
    OptimizerStep step = optimizer.step(gradients);
    return new Trainer(network, step.updates(), step.initialState());
  }

  /**
   * Trains a net of one layer by the perceptron's own rule, {@code w ← w + η Σ (t − H(z)) x} and
   * {@code b ← b + η Σ (t − H(z))} over the rows of a batch (000 §1.2): no gradient is involved, H
   * having none.
   *
   * @param network one layer, whose activation is a step
   */
  public static Trainer byPerceptronRule(Network network, double learningRate) {
    Preconditions.checkArgument(
        network.layers().size() == 1,
        "A perceptron has one layer, got %s.",
        network.layers().size());
    Layer neuron = network.layers().getFirst();
    Value error = network.targets().minus(network.outputs());
    Value rate = error.constant(learningRate);
    Value weights = error.transpose().matmul(network.inputs()).times(rate);
    Value bias = error.sum(List.of(0), false).times(rate);
    return new Trainer(
        network,
        ImmutableMap.of(
            neuron.weights(),
            neuron.weights().plus(weights),
            neuron.bias(),
            neuron.bias().plus(bias)),
        ImmutableMap.of());
  }

  /** The graph of one step. */
  public Graph graph() {
    return graph;
  }

  /**
   * Trains from the net's initial parameters.
   *
   * @param samples at least one row
   * @throws DivergedException if the loss, or a parameter after the last step, is no longer finite
   */
  public TrainingResult train(Samples samples, TrainingOptions options, TrainingListener listener) {
    Preconditions.checkArgument(samples.count() > 0, "There are no rows to train on.");
    try (Session session =
        Session.open(graph, Session.Options.defaults().withThreads(options.threads()))) {
      network.initial().forEach((parameter, value) -> session.set(parameter.label(), value));
      initialState.forEach((parameter, value) -> session.set(parameter.label(), value));
      double loss = Double.NaN;
      int epoch = 0;
      while (epoch < options.epochs()
          && !(loss < options.stopBelow().orElse(Double.NEGATIVE_INFINITY))) {
        epoch++;
        loss = epoch(epoch, session, samples, options, listener);
        listener.epochEnded(epoch, loss, () -> parameters(session));
      }
      Map<String, Tensor> parameters = parameters(session);
      requireFinite(epoch, parameters);
      return new TrainingResult(parameters, epoch, loss);
    }
  }

  /** The loss of a step is that before it: the last step's damage shows in the parameters alone. */
  private static void requireFinite(int epoch, Map<String, Tensor> parameters) {
    parameters.forEach((name, value) -> {
      for (int i = 0; i < value.length(); i++) {
        if (!Double.isFinite(value.get(i))) {
          throw DivergedException.parameter(epoch, name, value.get(i));
        }
      }
    });
  }

  private static double epoch(
      int epoch,
      Session session,
      Samples samples,
      TrainingOptions options,
      TrainingListener listener) {
    int count = samples.count();
    int batch = options.batch().orElse(count);
    Seeds seeds = options.seeds();
    int[] order = seeds.derive("shuffle", epoch).stream().permutation(count);
    double total = 0;
    for (int from = 0; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      Samples part = samples.rows(Arrays.copyOfRange(order, from, to));
      Map<String, Tensor> results =
          session.run(ImmutableMap.of("X", part.inputs(), "T", part.targets()));
      Tensor outputs = requireNonNull(results.get(Network.OUTPUTS));
      double loss = requireNonNull(results.get(Network.LOSS)).item();
      if (!Double.isFinite(loss)) {
        throw DivergedException.loss(epoch, loss);
      }
      total += loss * (to - from);
      listener.stepped(epoch, to, outputs, part.targets(), loss);
    }
    return total / count;
  }

  private Map<String, Tensor> parameters(Session session) {
    ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
    network.parameters().forEach(p -> values.put(p.label(), session.get(p.label())));
    return values.buildOrThrow();
  }
}
