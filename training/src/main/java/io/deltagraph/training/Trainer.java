package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.ParameterGroups;
import io.deltagraph.random.NumberedStreams;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Trains a model: each step is one run of one graph, forward, backward and update together. A
 * trainer is immutable; each of its methods that change something gives another one.
 */
public final class Trainer {
  private static final Set<TrainingStep.Watched> WATCHED =
      ImmutableSet.of(TrainingStep.Watched.OUTPUTS, TrainingStep.Watched.LOSS);

  private final Rule rule;
  private final TrainingOptions options;
  private final Optional<Session.Options> session;
  private final TrainingListener listener;

  /** How a step changes parameters. */
  private sealed interface Rule {}

  /** By gradients of the loss. */
  private record ByGradient(
      Model model, ParameterGroups optimizer, Predicate<GraphParameter> frozen) implements Rule {}

  /** By new values that stand in the model's graph. */
  private record ByUpdates(Model model, Map<GraphParameter, Value> updates) implements Rule {}

  private Trainer(
      Rule rule,
      TrainingOptions options,
      Optional<Session.Options> session,
      TrainingListener listener) {
    this.rule = rule;
    this.options = options;
    this.session = session;
    this.listener = listener;
  }

  private static Trainer of(Rule rule) {
    return new Trainer(rule, TrainingOptions.defaults(), Optional.empty(), TrainingListener.NONE);
  }

  /** Trains by gradients of the model's loss: by Adam at a rate of 0.001, if nothing is changed. */
  public static Trainer of(Model model) {
    return of(new ByGradient(model, ParameterGroups.of(new Adam(0.001)), parameter -> false));
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
    return of(
        new ByUpdates(
            network.model(),
            ImmutableMap.of(
                neuron.weights(),
                neuron.weights().plus(weights),
                neuron.bias(),
                neuron.bias().plus(bias))));
  }

  private ByGradient byGradient() {
    return switch (rule) {
      case ByGradient gradient -> gradient;
      case ByUpdates ignored ->
          throw new IllegalStateException("A perceptron's rule has neither optimizer nor groups.");
    };
  }

  private Trainer with(Rule other) {
    return new Trainer(other, options, session, listener);
  }

  /** With an optimizer for all parameters that are in no group. */
  public Trainer optimizer(Optimizer optimizer) {
    ByGradient now = byGradient();
    return with(
        new ByGradient(
            now.model(), new ParameterGroups(optimizer, now.optimizer().groups()), now.frozen()));
  }

  /**
   * With an optimizer, and so a learning rate, for some parameters alone.
   *
   * @param members which ones; those of earlier groups stay where they are
   */
  public Trainer group(Predicate<GraphParameter> members, Optimizer optimizer) {
    ByGradient now = byGradient();
    return with(
        new ByGradient(now.model(), now.optimizer().with(members, optimizer), now.frozen()));
  }

  /** With parameters that keep their values, beside those that do so already. */
  public Trainer frozen(Predicate<GraphParameter> kept) {
    ByGradient now = byGradient();
    return with(new ByGradient(now.model(), now.optimizer(), now.frozen().or(kept)));
  }

  /** With the most passes over the rows. */
  public Trainer epochs(int number) {
    return options(options.withEpochs(number));
  }

  /** With a number of rows per step. */
  public Trainer batch(int rows) {
    return options(options.withBatch(rows));
  }

  /** With a seed for the order of the rows. */
  public Trainer seed(long seed) {
    return options(options.withSeeds(Seeds.of(seed)));
  }

  /** With a number of threads; no bit of the result depends on it. */
  public Trainer threads(int number) {
    return options(options.withThreads(number));
  }

  /** With all of that at once. */
  public Trainer options(TrainingOptions other) {
    return new Trainer(rule, other, session, listener);
  }

  /** With one who hears of it. */
  public Trainer listener(TrainingListener other) {
    return new Trainer(rule, options, session, other);
  }

  /**
   * With a choice of what steps run on; no bit of the result depends on it.
   *
   * @param other in place of the options' number of threads
   */
  public Trainer session(Session.Options other) {
    return new Trainer(rule, options, Optional.of(other), listener);
  }

  /** The graph of one step. */
  public Graph graph() {
    return step().graph(WATCHED);
  }

  private TrainingStep.Maker step() {
    return switch (rule) {
      case ByGradient by -> TrainingStep.byGradient(by.model(), by.optimizer(), by.frozen());
      case ByUpdates by -> TrainingStep.byUpdates(by.model(), by.updates());
    };
  }

  /**
   * Trains from the model's initial parameters.
   *
   * @param given a tensor for each input and target of the model, of at least one row; f64 and f32
   *     are converted to what the model takes
   * @throws DivergedException if the loss, or a parameter after the last step, is no longer finite
   */
  public TrainingResult fit(Samples given) {
    Preconditions.checkArgument(given.count() > 0, "There are no rows to train on.");
    TrainingStep.Maker maker = step();
    Model model = maker.model();
    Samples samples = given.fitting(model);
    try (TrainingStep running =
        maker.open(
            WATCHED,
            session.orElseGet(() -> Session.Options.defaults().withThreads(options.threads())))) {
      int[] order = new int[samples.count()];
      RowsInOrder targets = new RowsInOrder(samples.scored(model), order);
      NumberedStreams shuffles = options.seeds().numbered("shuffle");
      Supplier<Map<String, Tensor>> parametersNow = running::parameters;
      listener.started(running);
      double loss = Double.NaN;
      int epoch = 0;
      while (epoch < options.epochs()
          && !(loss < options.stopBelow().orElse(Double.NEGATIVE_INFINITY))) {
        epoch++;
        shuffles.at(epoch).permute(order);
        loss = epoch(epoch, running, samples, order, targets);
        listener.epochEnded(epoch, loss, parametersNow);
      }
      Map<String, Tensor> parameters = running.parameters();
      requireFinite(epoch, parameters);
      return new TrainingResult(model, parameters, epoch, loss);
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

  private double epoch(
      int epoch, TrainingStep step, Samples samples, int[] order, RowsInOrder targets) {
    int count = order.length;
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
