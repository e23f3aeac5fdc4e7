package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.Model;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.tensor.Tensor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a training so far, and when it ends: the same rules wherever steps are taken.
 */
final class TrainingCourse {
  private static final String NANOS = "nanos";
  private static final String DONE = "rows of the epoch";
  private static final String TOTAL = "loss of the epoch";

  private final TrainingOptions options;
  private final TrainingListener listener;
  private final Progression progression;
  private final LossHistory history = new LossHistory();
  private long start;

  /** How many rows of the epoch are done, and the sum of their losses. */
  private int done;

  private double total;
  private @Nullable TrainingEnd end;

  TrainingCourse(
      TrainingOptions options, Optional<ReduceOnPlateau> plateau, TrainingListener listener) {
    this.options = options;
    this.listener = listener;
    progression = new Progression(options.stopping(), plateau);
  }

  /** Begins, or goes on from the checkpoint that is kept. */
  void begin(CheckpointKeeper keeper, Consumer<Map<String, Tensor>> restore) {
    start = System.nanoTime();
    keeper
        .kept()
        .ifPresent(kept -> {
          String file = keeper.file();
          restore.accept(kept.state());
          history.restore(kept.history());
          progression.restore(name -> kept.number(file, name), kept.best());
          start -= (long) kept.number(file, NANOS);
          done = kept.numbers().getOrDefault(DONE, 0.0).intValue();
          total = kept.numbers().getOrDefault(TOTAL, 0.0);
          listener.resumed(history.epochs(), kept.remembered());
        });
    endAfterEpoch();
  }

  /** How many epochs have ended. */
  int epochs() {
    return history.epochs();
  }

  /** How many rows of the next one are done. */
  int done() {
    return done;
  }

  /** The mean loss of those. */
  double meanLoss() {
    return total / done;
  }

  /** Takes note of rows that are done. */
  void add(double loss, int rows) {
    total += loss * rows;
    done += rows;
  }

  boolean hasEnded() {
    return end != null;
  }

  /** Takes note of a step; returns whether it was the last one. */
  boolean stepEnded() {
    if (Thread.currentThread().isInterrupted()) {
      end = TrainingEnd.INTERRUPTED;
    } else if (listener.hasEnough()) {
      end = TrainingEnd.LISTENER;
    } else if (isOverTime()) {
      end = TrainingEnd.TIME_LIMIT;
    }
    return end != null;
  }

  private boolean isOverTime() {
    Duration limit = options.stopping().timeLimit().orElse(null);
    return limit != null && System.nanoTime() - start > limit.toNanos();
  }

  /**
   * Takes note of a whole epoch, and tells the listener.
   *
   * @param validated the loss on rows that are held out, which is watched where there are any
   * @param parameters what the model's parameters and its state are now
   * @param change sets a parameter of the optimizer
   */
  void epochEnded(
      double loss,
      OptionalDouble validated,
      Supplier<Map<String, Tensor>> parameters,
      Consumer<Map<String, Tensor>> change) {
    int epoch = history.epochs() + 1;
    done = 0;
    total = 0;
    validated.ifPresent(heldOut -> listener.validated(epoch, heldOut));
    history.add(loss, validated.orElse(Double.NaN));
    progression.epochEnded(epoch, validated.orElse(loss), parameters, change);
    listener.epochEnded(epoch, loss, parameters);
    endAfterEpoch();
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

  /** All that this training can go on from. */
  Checkpoint checkpoint(Map<String, String> fingerprint, Map<String, Tensor> state) {
    return new Checkpoint(
        fingerprint,
        state,
        progression.best(),
        listener.remembered(),
        history.tensor(),
        ImmutableMap.<String, Double>builder()
            .putAll(progression.numbers())
            .put(NANOS, (double) (System.nanoTime() - start))
            .put(DONE, (double) done)
            .put(TOTAL, total)
            .buildOrThrow());
  }

  /**
   * What comes of it: the best parameters where there is patience, and the last ones elsewhere.
   *
   * @param last the last parameters
   * @param explained says where a number that is not finite came from
   */
  TrainingResult result(
      Model model, Map<String, Tensor> last, UnaryOperator<DivergedException> explained) {
    Map<String, Tensor> parameters = last;
    OptionalInt best = OptionalInt.empty();
    if (options.stopping().patience().isPresent() && progression.bestEpoch() > 0) {
      best = OptionalInt.of(progression.bestEpoch());
      parameters = progression.best();
    }
    requireFinite(parameters, explained);
    TrainingEnd reason = end == null ? TrainingEnd.EPOCHS : end;
    return new TrainingResult(
        model, parameters, history.epochs(), history.lastLoss(), reason, best, history.list());
  }

  /** The loss of a step is that before it: the last step's damage shows in the parameters alone. */
  private void requireFinite(
      Map<String, Tensor> parameters, UnaryOperator<DivergedException> explained) {
    parameters.forEach((name, value) -> {
      for (int i = 0; i < value.length(); i++) {
        if (!Double.isFinite(value.get(i))) {
          throw explained.apply(DivergedException.parameter(history.epochs(), name, value.get(i)));
        }
      }
    });
  }
}
