package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.random.NumberedStreams;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Trains a net: each step is one run of one graph, forward, backward and update together. */
public final class Trainer {
  private static final Set<TrainingStep.Watched> WATCHED =
      ImmutableSet.of(TrainingStep.Watched.OUTPUTS, TrainingStep.Watched.LOSS);

  private final TrainingStep.Maker step;

  private Trainer(TrainingStep.Maker step) {
    this.step = step;
  }

  /** Trains by gradients of the net's loss; makes the optimizer's state, so once per net. */
  public static Trainer byGradient(Network network, Optimizer optimizer) {
    return new Trainer(TrainingStep.byGradient(network, optimizer));
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
        TrainingStep.byUpdates(
            network,
            ImmutableMap.of(
                neuron.weights(),
                neuron.weights().plus(weights),
                neuron.bias(),
                neuron.bias().plus(bias))));
  }

  /** The graph of one step. */
  public Graph graph() {
    return step.graph(WATCHED);
  }

  /**
   * Trains from the net's initial parameters.
   *
   * @param samples at least one row
   * @throws DivergedException if the loss, or a parameter after the last step, is no longer finite
   */
  public TrainingResult train(Samples samples, TrainingOptions options, TrainingListener listener) {
    return train(
        samples, options, Session.Options.defaults().withThreads(options.threads()), listener);
  }

  /**
   * The same, where one chooses what steps run on; no bit of the result depends on it.
   *
   * @param session in place of the options' number of threads
   * @throws DivergedException if the loss, or a parameter after the last step, is no longer finite
   */
  public TrainingResult train(
      Samples samples,
      TrainingOptions options,
      Session.Options session,
      TrainingListener listener) {
    Preconditions.checkArgument(samples.count() > 0, "There are no rows to train on.");
    try (TrainingStep running = step.open(WATCHED, session)) {
      int[] order = new int[samples.count()];
      RowsInOrder targets = new RowsInOrder(samples.targets(), order);
      NumberedStreams shuffles = options.seeds().numbered("shuffle");
      Supplier<Map<String, Tensor>> parametersNow = running::parameters;
      listener.started(running);
      double loss = Double.NaN;
      int epoch = 0;
      while (epoch < options.epochs()
          && !(loss < options.stopBelow().orElse(Double.NEGATIVE_INFINITY))) {
        epoch++;
        shuffles.at(epoch).permute(order);
        loss = epoch(epoch, running, samples, order, targets, options, listener);
        listener.epochEnded(epoch, loss, parametersNow);
      }
      Map<String, Tensor> parameters = running.parameters();
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
      TrainingStep step,
      Samples samples,
      int[] order,
      RowsInOrder targets,
      TrainingOptions options,
      TrainingListener listener) {
    int count = samples.count();
    int batch = options.batch().orElse(count);
    double total = 0;
    for (int from = 0; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      step.feed(samples, order, from, to);
      step.run();
      double loss = step.loss();
      if (!Double.isFinite(loss)) {
        throw DivergedException.loss(epoch, loss);
      }
      total += loss * (to - from);
      targets.show(from, to);
      listener.stepped(epoch, to, step.outputs(), targets, loss);
    }
    return total / count;
  }
}
