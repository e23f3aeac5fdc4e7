package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.ParameterGroups;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

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
  private final LoopSettings settings;

  /** How a step changes parameters. */
  sealed interface Rule {}

  /** By gradients of the loss. */
  record ByGradient(Model model, ParameterGroups optimizer, Predicate<GraphParameter> frozen)
      implements Rule {}

  /** By new values that stand in the model's graph. */
  private record ByUpdates(Model model, Map<GraphParameter, Value> updates) implements Rule {}

  private Trainer(
      Rule rule,
      TrainingOptions options,
      Optional<Session.Options> session,
      TrainingListener listener,
      LoopSettings settings) {
    this.rule = rule;
    this.options = options;
    this.session = session;
    this.listener = listener;
    this.settings = settings;
  }

  private static Trainer of(Rule rule) {
    return new Trainer(
        rule,
        TrainingOptions.defaults(),
        Optional.empty(),
        TrainingListener.NONE,
        LoopSettings.NONE);
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

  TrainingOptions options() {
    return options;
  }

  TrainingListener listener() {
    return listener;
  }

  LoopSettings settings() {
    return settings;
  }

  /** Whether steps run on something that was chosen for them. */
  boolean hasSession() {
    return session.isPresent();
  }

  /** The rule of one that trains by gradients. */
  Optional<ByGradient> gradientRule() {
    return switch (rule) {
      case ByGradient gradient -> Optional.of(gradient);
      case ByUpdates ignored -> Optional.empty();
    };
  }

  private ByGradient byGradient() {
    return switch (rule) {
      case ByGradient gradient -> gradient;
      case ByUpdates ignored ->
          throw new IllegalStateException("A perceptron's rule has neither optimizer nor groups.");
    };
  }

  private Trainer with(Rule other) {
    return new Trainer(other, options, session, listener, settings);
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

  /** With a loss below which training ends after an epoch. */
  public Trainer stopBelow(double loss) {
    return options(options.withStopBelow(loss));
  }

  /** With a share of the rows that is not trained on, to watch the loss on. */
  public Trainer validation(double share) {
    return options(options.withStopping(options.stopping().withValidation(share)));
  }

  /**
   * With an end after so many epochs in which the watched loss did not improve; then the best
   * parameters are the result.
   */
  public Trainer patience(int epochs) {
    return options(options.withStopping(options.stopping().withPatience(epochs)));
  }

  /** With what a loss must fall by to be better. */
  public Trainer minDelta(double least) {
    return options(options.withStopping(options.stopping().withMinDelta(least)));
  }

  /** With an end after the step in which that time is over. */
  public Trainer timeLimit(Duration limit) {
    return options(options.withStopping(options.stopping().withTimeLimit(limit)));
  }

  /** With a look through every step for numbers that are not finite: slow, and exact. */
  public Trainer anomaly() {
    return with(settings.withAnomaly());
  }

  /**
   * With a file that keeps what training has come to, after the first epoch, then after an epoch at
   * most once a second, within one once a minute, and at the end. Each time it is replaced in one
   * step.
   */
  public Trainer checkpoint(Path file) {
    return with(settings.withCheckpoint(new CheckpointPlace.LocalFile(file), false));
  }

  /**
   * The same, and training goes on from that file, if it is there: what comes of it is to the bit
   * what an uninterrupted training gives. Epochs, threads and what ends training may be others.
   */
  public Trainer resume(Path file) {
    return with(settings.withCheckpoint(new CheckpointPlace.LocalFile(file), true));
  }

  /**
   * With a file as in {@link #checkpoint} and {@link #resume}, for one who keeps what comes of
   * training and deletes the file then: nothing is written in the first second, nor at the end.
   */
  public Trainer checkpointMeanwhile(Path file, boolean resumed) {
    return with(settings.withCheckpoint(new CheckpointPlace.LocalFile(file), resumed).meanwhile());
  }

  /** With another time to wait within an epoch before the next checkpoint. */
  public Trainer checkpointEvery(Duration pause) {
    return with(settings.withPause(pause));
  }

  /**
   * With a number of rows that are in memory at a time, and so shuffled together, where {@link
   * #fit(StoredRows)} trains on more of them; it is raised to whole batches. Without it they are
   * those of 32 MiB.
   */
  public Trainer portion(int rows) {
    Preconditions.checkArgument(rows > 0, "A portion has at least one row, got %s.", rows);
    return with(settings.withPortion(rows));
  }

  /** With further settings that a checkpoint must agree on, by name. */
  public Trainer settings(Map<String, String> named) {
    return with(settings.withSettings(named));
  }

  Trainer with(LoopSettings other) {
    return new Trainer(rule, options, session, listener, other);
  }

  /** With all of that at once. */
  public Trainer options(TrainingOptions other) {
    return new Trainer(rule, other, session, listener, settings);
  }

  /** With one who hears of it. */
  public Trainer listener(TrainingListener other) {
    return new Trainer(rule, options, session, other, settings);
  }

  /**
   * With a choice of what steps run on; no bit of the result depends on it.
   *
   * @param other in place of the options' number of threads
   */
  public Trainer session(Session.Options other) {
    return new Trainer(rule, options, Optional.of(other), listener, settings);
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
   * Trains from the model's initial parameters, or goes on from a checkpoint.
   *
   * <p>{@link Thread#interrupt} ends it after the step in hand, with what it has come to.
   *
   * @param given a tensor for each input and target of the model, of at least one row; f64 and f32
   *     are converted to what the model takes
   * @throws TooLittleMemoryException if copies of the rows that it has to make do not fit
   * @throws DivergedException if the loss, or a parameter after the last step, is no longer finite
   * @throws CheckpointException for a checkpoint of another training
   * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
   */
  public TrainingResult fit(Samples given) {
    Preconditions.checkArgument(given.count() > 0, "There are no rows to train on.");
    return fit(model -> {
      TrainingMemory.require(given, model, options);
      return new RowsInMemory(given.fitting(model), model, options);
    });
  }

  /**
   * The same on rows of which a portion at a time is in memory. They are shuffled by blocks of
   * neighbours and within each portion; the result follows from the seed, the batch and the number
   * of rows of a portion, and is that of {@link #fit(Samples)} where all are in one portion.
   *
   * @throws IllegalArgumentException if there is no number of rows a step
   * @throws TooLittleMemoryException if two portions do not fit in memory
   */
  public TrainingResult fit(StoredRows given) {
    Preconditions.checkArgument(given.count() > 0, "There are no rows to train on.");
    return fit(model -> new RowsInPortions(given, model, options, settings.portion()));
  }

  private TrainingResult fit(Function<Model, TrainingRows> source) {
    TrainingStep.Maker maker = step();
    Model model = maker.model();
    TrainingRows rows = source.apply(model);
    Session.Options running =
        session.orElseGet(() -> Session.Options.defaults().withThreads(options.threads()));
    try (TrainingStep step = maker.open(WATCHED, running);
        ValidationRows validation =
            rows.heldOut() == 0 ? null : ValidationRows.of(model, rows, running)) {
      return new TrainingLoop(
              model,
              step,
              rows,
              Optional.ofNullable(validation),
              options,
              plateau(),
              settings,
              Suppliers.memoize(() -> fingerprint(maker, rows)),
              listener)
          .run();
    }
  }

  private Optional<ReduceOnPlateau> plateau() {
    return switch (rule) {
      case ByGradient by -> by.optimizer().plateau();
      case ByUpdates ignored -> Optional.empty();
    };
  }

  /** What a checkpoint must agree on, each with its name; what only ends training is free. */
  private Map<String, String> fingerprint(TrainingStep.Maker maker, TrainingRows rows) {
    try {
      return ImmutableMap.<String, String>builder()
          .putAll(settings.settings())
          .put("seed", Long.toString(options.seeds().key()))
          .put(
              "number of rows a step",
              options.batch().isPresent() ? Integer.toString(options.batch().getAsInt()) : "all")
          .put("share of validation rows", Double.toString(options.stopping().validation()))
          .put("schedule by the loss", plateau().map(ReduceOnPlateau::toString).orElse("none"))
          .put("graph of a step", Fingerprint.of(maker.graph(WATCHED)))
          .put("first value of a parameter", Fingerprint.ofFirst(maker.model()))
          .put("set of rows", rows.fingerprint())
          .buildKeepingLast();
    } catch (ModelFileException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
