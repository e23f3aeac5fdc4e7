package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.models.Model;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.random.NumberedStreams;
import io.deltagraph.tensor.Tensor;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Epoch after epoch, until something ends it. */
final class TrainingLoop {
  /** How long to wait before the next checkpoint. */
  private static final long PAUSE = 1_000_000_000L;

  private static final String NANOS = "nanos";

  private final Model model;
  private final TrainingStep step;
  private final Samples samples;
  private final Optional<ValidationRows> validation;
  private final TrainingOptions options;
  private final LoopSettings settings;
  private final Supplier<Map<String, String>> fingerprint;
  private final TrainingListener listener;
  private final Progression progression;
  private final DivergenceSearch search;
  private final int[] order;
  private final RowsInOrder targets;
  private final NumberedStreams shuffles;
  private final LossHistory history = new LossHistory();
  private long start;
  private long writtenAt;
  private @Nullable TrainingEnd end;

  /** Whether the last epoch has not seen all rows. */
  private boolean isCutOff;

  TrainingLoop(
      Model model,
      TrainingStep step,
      Samples samples,
      int[] numbers,
      Optional<ValidationRows> validation,
      TrainingOptions options,
      Optional<ReduceOnPlateau> plateau,
      LoopSettings settings,
      Supplier<Map<String, String>> fingerprint,
      TrainingListener listener) {
    this.model = model;
    this.step = step;
    this.samples = samples;
    this.validation = validation;
    this.options = options;
    this.settings = settings;
    this.fingerprint = fingerprint;
    this.listener = listener;
    progression = new Progression(options.stopping(), plateau);
    order = new int[samples.count()];
    targets = new RowsInOrder(samples.scored(model), order);
    shuffles = options.seeds().numbered("shuffle");
    search = new DivergenceSearch(step, samples, numbers, options);
  }

  TrainingResult run() {
    start = System.nanoTime();
    settings
        .checkpoint()
        .filter(file -> settings.resume() && Files.exists(file))
        .ifPresent(this::restore);
    Supplier<Map<String, Tensor>> parametersNow = step::parameters;
    Consumer<Map<String, Tensor>> restoring = step::restore;
    listener.started(step);
    search.begin(history.epochs());
    writtenAt = settings.isKept() ? 0 : System.nanoTime();
    endAfterEpoch();
    while (end == null) {
      int epoch = history.epochs() + 1;
      shuffles.at(epoch).permute(order);
      double loss = epoch(epoch);
      if (isCutOff) {
        break;
      }
      double watched = loss;
      double validated = Double.NaN;
      if (validation.isPresent()) {
        validated = validation.get().loss(step.parameters());
        watched = validated;
        listener.validated(epoch, validated);
      }
      history.add(loss, validated);
      progression.epochEnded(epoch, watched, parametersNow, restoring);
      listener.epochEnded(epoch, loss, parametersNow);
      search.epochEnded(epoch);
      endAfterEpoch();
      keep(end != null);
    }
    return result();
  }

  private TrainingResult result() {
    Map<String, Tensor> parameters = step.parameters();
    OptionalInt best = OptionalInt.empty();
    if (options.stopping().patience().isPresent() && progression.bestEpoch() > 0) {
      best = OptionalInt.of(progression.bestEpoch());
      parameters = progression.best();
    }
    requireFinite(parameters);
    TrainingEnd reason = end == null ? TrainingEnd.EPOCHS : end;
    return new TrainingResult(
        model, parameters, history.epochs(), history.lastLoss(), reason, best, history.list());
  }

  private void endAfterEpoch() {
    if (end != null) {
      return;
    }
    if (history.lastLoss() < options.stopBelow().orElse(Double.NEGATIVE_INFINITY)) {
      end = TrainingEnd.STOP_BELOW;
    } else if (progression.isOutOfPatience()) {
      end = TrainingEnd.PATIENCE;
    } else if (history.epochs() >= options.epochs()) {
      end = TrainingEnd.EPOCHS;
    }
  }

  private double epoch(int epoch) {
    int count = order.length;
    int batch = options.batch().orElse(count);
    double total = 0;
    for (int from = 0; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      if (settings.anomaly()) {
        search.look(epoch, order, from, to);
      }
      step.feed(samples, order, from, to);
      step.run();
      double loss = step.loss();
      if (!Double.isFinite(loss)) {
        throw search.explained(DivergedException.loss(epoch, loss), epoch, from);
      }
      total += loss * (to - from);
      targets.show(from, to);
      listener.stepped(epoch, to, step.outputs(), targets, loss);
      endAfterStep();
      if (end != null && to < count) {
        isCutOff = true;
        return total / to;
      }
    }
    return total / count;
  }

  private void endAfterStep() {
    if (Thread.currentThread().isInterrupted()) {
      end = TrainingEnd.INTERRUPTED;
    } else if (listener.hasEnough()) {
      end = TrainingEnd.LISTENER;
    } else if (isOverTime()) {
      end = TrainingEnd.TIME_LIMIT;
    }
  }

  private boolean isOverTime() {
    Duration limit = options.stopping().timeLimit().orElse(null);
    return limit != null && System.nanoTime() - start > limit.toNanos();
  }

  /** The loss of a step is that before it: the last step's damage shows in the parameters alone. */
  private void requireFinite(Map<String, Tensor> parameters) {
    parameters.forEach((name, value) -> {
      for (int i = 0; i < value.length(); i++) {
        if (!Double.isFinite(value.get(i))) {
          int epoch = history.epochs();
          throw search.explained(
              DivergedException.parameter(epoch, name, value.get(i)), epoch, order.length);
        }
      }
    });
  }

  /** Writes a checkpoint, if there is a file for it and the last one is a while ago. */
  private void keep(boolean last) {
    Path file = settings.checkpoint().orElse(null);
    boolean early = writtenAt != 0 && System.nanoTime() - writtenAt < PAUSE;
    if (file == null || (last ? !settings.isKept() : early)) {
      return;
    }
    ImmutableMap.Builder<String, Double> numbers = ImmutableMap.builder();
    numbers.putAll(progression.numbers());
    numbers.put(NANOS, (double) (System.nanoTime() - start));
    Checkpoint checkpoint =
        new Checkpoint(
            fingerprint.get(),
            step.state(),
            progression.best(),
            listener.remembered(),
            history.tensor(),
            numbers.buildOrThrow());
    // A thread that is interrupted cannot write: that is put off, and what it asks for comes next.
    boolean interrupted = Thread.interrupted();
    try {
      checkpoint.write(file);
    } catch (ModelFileException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    writtenAt = System.nanoTime();
  }

  private void restore(Path file) {
    Checkpoint kept;
    try {
      kept = Checkpoint.read(file);
    } catch (ModelFileException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    kept.require(file.toString(), fingerprint.get());
    step.restore(kept.state());
    history.restore(kept.history());
    progression.restore(name -> kept.number(file.toString(), name), kept.best());
    start -= (long) kept.number(file.toString(), NANOS);
    listener.resumed(history.epochs(), kept.remembered());
  }
}
