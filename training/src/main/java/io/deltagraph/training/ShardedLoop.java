package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Epoch after epoch over shards, until something ends it. */
final class ShardedLoop {
  private static final String NANOS = "nanos";

  private final ShardedTrainer trainer;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final ShardedState state;
  private final ShardHolder holder;
  private final CheckpointKeeper keeper;
  private final Progression progression;
  private final LossHistory history = new LossHistory();
  private long start;
  private @Nullable TrainingEnd end;

  ShardedLoop(
      ShardedTrainer trainer,
      ShardedState state,
      ShardHolder holder,
      Optional<ReduceOnPlateau> plateau,
      Supplier<Map<String, String>> fingerprint) {
    this.trainer = trainer;
    this.options = trainer.trainer().options();
    this.listener = trainer.trainer().listener();
    this.state = state;
    this.holder = holder;
    keeper = new CheckpointKeeper(trainer, fingerprint);
    progression = new Progression(options.stopping(), plateau);
  }

  TrainingResult run() {
    start = System.nanoTime();
    keeper.kept().ifPresent(this::restore);
    endAfterEpoch();
    while (end == null) {
      int epoch = history.epochs() + 1;
      double loss = epoch(epoch);
      if (Double.isNaN(loss)) {
        break;
      }
      double watched = loss;
      double validated = Double.NaN;
      if (holder.cut().heldOut() > 0) {
        validated = sum(holder.run(state.heldOutLoss(epoch))).loss();
        watched = validated;
        listener.validated(epoch, validated);
      }
      history.add(loss, validated);
      progression.epochEnded(epoch, watched, state::parameters, state::restore);
      listener.epochEnded(epoch, loss, state::parameters);
      endAfterEpoch();
      keep(end != null);
    }
    return result(end == null ? TrainingEnd.EPOCHS : end);
  }

  private void restore(Checkpoint kept) {
    state.restore(kept.state());
    history.restore(kept.history());
    progression.restore(name -> kept.number(keeper.file(), name), kept.best());
    start -= (long) kept.number(keeper.file(), NANOS);
    listener.resumed(history.epochs(), kept.remembered());
  }

  private void keep(boolean last) {
    keeper.keep(
        last,
        fingerprint ->
            new Checkpoint(
                fingerprint,
                state.all(),
                progression.best(),
                listener.remembered(),
                history.tensor(),
                ImmutableMap.<String, Double>builder()
                    .putAll(progression.numbers())
                    .put(NANOS, (double) (System.nanoTime() - start))
                    .buildOrThrow()));
  }

  /** The mean loss of an epoch, or NaN if it was cut off. */
  private double epoch(int epoch) {
    int steps = holder.cut().steps(trainer.batch());
    int atOnce = trainer.stepsAtOnce();
    double total = 0;
    long rows = 0;
    for (int step = 0; step < steps; step += atOnce) {
      int taken = Math.min(atOnce, steps - step);
      long asked = System.nanoTime();
      List<ShardAnswer> answers = holder.run(state.task(epoch, step, taken));
      ShardSum sum = sum(answers);
      if (!Double.isFinite(sum.loss())) {
        throw DivergedException.loss(epoch, sum.loss());
      }
      state.take(sum);
      total += sum.loss() * sum.rows();
      rows += sum.rows();
      trainer
          .listener()
          .stepped(
              new ShardListener.Step(
                  epoch,
                  step + taken,
                  steps,
                  sum.rows(),
                  sum.loss(),
                  Duration.ofNanos(System.nanoTime() - asked),
                  Lists.transform(answers, ShardAnswer::work)));
      endAfterStep();
      if (end != null && step + taken < steps) {
        return Double.NaN;
      }
    }
    return total / rows;
  }

  private ShardSum sum(List<ShardAnswer> answers) {
    ShardTree tree = new ShardTree(holder.cut().shards());
    Iterables.concat(Lists.transform(answers, ShardAnswer::parts)).forEach(tree::add);
    return tree.total();
  }

  private void endAfterStep() {
    Duration limit = options.stopping().timeLimit().orElse(null);
    if (Thread.currentThread().isInterrupted()) {
      end = TrainingEnd.INTERRUPTED;
    } else if (listener.hasEnough()) {
      end = TrainingEnd.LISTENER;
    } else if (limit != null && System.nanoTime() - start > limit.toNanos()) {
      end = TrainingEnd.TIME_LIMIT;
    }
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

  private TrainingResult result(TrainingEnd reason) {
    Map<String, Tensor> parameters = state.parameters();
    OptionalInt best = OptionalInt.empty();
    if (options.stopping().patience().isPresent() && progression.bestEpoch() > 0) {
      best = OptionalInt.of(progression.bestEpoch());
      parameters = progression.best();
    }
    parameters.forEach((name, value) -> {
      for (int i = 0; i < value.length(); i++) {
        if (!Double.isFinite(value.get(i))) {
          throw DivergedException.parameter(history.epochs(), name, value.get(i));
        }
      }
    });
    return new TrainingResult(
        trainer.trainer().gradientRule().orElseThrow().model(),
        parameters,
        history.epochs(),
        history.lastLoss(),
        reason,
        best,
        history.list());
  }
}
