package io.deltagraph.training;

import com.google.common.base.Preconditions;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.files.GraphJson;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.models.Model;
import io.deltagraph.optimizers.ReduceOnPlateau;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Trains a model on rows that are cut into a fixed number of shards: each step takes a batch of
 * each shard, adds up what they come to in the order of the shards, and makes one update. Which row
 * is in which shard follows from the seed and from what the row holds, so that the same model comes
 * out to the bit wherever the shards are: here, one after another, or on many machines. A trainer
 * is immutable; each of its methods that change something gives another one.
 *
 * <p>The loss of a step is the mean over its shards, each weighted by its rows. What a loss divides
 * by the number of rows, such as a penalty, is divided by those of one shard's batch.
 */
public final class ShardedTrainer {
  private static final int SHARDS = 64;

  private final Trainer trainer;
  private final int shards;
  private final int localSteps;
  private final ShardListener listener;

  private ShardedTrainer(Trainer trainer, int shards, int localSteps, ShardListener listener) {
    Preconditions.checkArgument(shards > 0, "There is at least one shard, got %s.", shards);
    Preconditions.checkArgument(
        localSteps >= 0, "The number of local steps is not negative, got %s.", localSteps);
    this.trainer = trainer;
    this.shards = shards;
    this.localSteps = localSteps;
    this.listener = listener;
  }

  /**
   * Trains as a trainer would, on 64 shards if nothing is changed. Of its settings, the batch is
   * that of each shard, and the threads are those of each who holds shards; its listener hears of
   * the ends of epochs, not of steps.
   *
   * @throws IllegalArgumentException if it has settings that make no sense for shards
   */
  public static ShardedTrainer of(Trainer trainer) {
    Preconditions.checkArgument(
        trainer.gradientRule().isPresent(),
        "A perceptron's rule has no gradients to add up: train it with Trainer.");
    Preconditions.checkArgument(
        !trainer.hasSession() && !trainer.settings().anomaly(),
        "Shards are gone through on what is fastest where they are, and not looked through for"
            + " numbers that are not finite: leave out session and anomaly.");
    return new ShardedTrainer(trainer, SHARDS, 0, ShardListener.NONE);
  }

  /** With another number of shards; the result depends on it. */
  public ShardedTrainer shards(int number) {
    return new ShardedTrainer(trainer, number, localSteps, listener);
  }

  /**
   * With so many steps that each shard takes on its own before the parameters of all are averaged,
   * and what the optimizer remembers with them: less is sent, and it is another training than one
   * update for all. 0, which is so from the start, stands for one update for all.
   */
  public ShardedTrainer localSteps(int number) {
    return new ShardedTrainer(trainer, shards, number, listener);
  }

  /** With one who hears of steps. */
  public ShardedTrainer listener(ShardListener other) {
    return new ShardedTrainer(trainer, shards, localSteps, other);
  }

  /**
   * With a place for a checkpoint in place of a local file, as {@link Trainer#checkpoint} and
   * {@link Trainer#resume} name one.
   *
   * @param resume whether training goes on from it, if it is there
   */
  public ShardedTrainer checkpoint(CheckpointStore store, boolean resume) {
    return new ShardedTrainer(
        trainer.with(
            trainer.settings().withCheckpoint(new CheckpointPlace.Elsewhere(store), resume)),
        shards,
        localSteps,
        listener);
  }

  /** Trains on rows in memory, one shard after another. */
  public TrainingResult fit(Samples rows) {
    return fit(program -> LocalShards.of(program, rows.fitting(model()), model().builder().ops()));
  }

  private Model model() {
    return rule().model();
  }

  private Trainer.ByGradient rule() {
    return trainer.gradientRule().orElseThrow();
  }

  /**
   * Trains on rows that lie anywhere.
   *
   * @throws DivergedException if the loss, or a parameter after the last step, is no longer finite
   * @throws CheckpointException for a checkpoint of another training
   * @throws UncheckedIOException if a checkpoint cannot be read or written, or if the model's graph
   *     cannot be written as text, since it has ops that are not registered
   */
  public TrainingResult fit(ShardHolder.Source source) {
    Trainer.ByGradient rule = rule();
    try (ShardedState state =
        localSteps == 0
            ? ShardedState.ofGradients(rule.model(), rule.optimizer(), rule.frozen())
            : ShardedState.ofParameters(rule.model(), rule.optimizer(), rule.frozen())) {
      ShardProgram program = program(state);
      try (ShardHolder holder = source.open(program)) {
        Optional<ReduceOnPlateau> plateau = rule.optimizer().plateau();
        return new ShardedLoop(
                this,
                state,
                holder,
                plateau,
                Suppliers.memoize(() -> fingerprint(program, holder, plateau)))
            .run();
      }
    }
  }

  private ShardProgram program(ShardedState state) {
    TrainingOptions options = trainer.options();
    try {
      return new ShardProgram(
          UUID.randomUUID().toString(),
          GraphJson.write(state.step()),
          GraphJson.write(model().evaluation()),
          RowForm.of(model()),
          shards,
          options.batch().orElse(Integer.MAX_VALUE),
          options.stopping().validation(),
          options.seeds().key(),
          options.threads());
    } catch (ModelFileException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What a checkpoint must agree on, each with its name. */
  private Map<String, String> fingerprint(
      ShardProgram program, ShardHolder holder, Optional<ReduceOnPlateau> plateau) {
    OptionalInt batch = trainer.options().batch();
    return ImmutableMap.<String, String>builder()
        .putAll(trainer.settings().settings())
        .put("seed", Long.toString(program.seed()))
        .put("number of shards", Integer.toString(shards))
        .put("number of local steps", Integer.toString(localSteps))
        .put(
            "number of rows a step and shard",
            batch.isPresent() ? Integer.toString(batch.getAsInt()) : "all")
        .put("share of validation rows", Double.toString(program.heldOut()))
        .put("schedule by the loss", plateau.map(ReduceOnPlateau::toString).orElse("none"))
        .put("graph of a step", Fingerprint.of(program.step()))
        .put("first value of a parameter", Fingerprint.ofFirst(model()))
        .put("set of rows", Long.toHexString(holder.fingerprint()))
        .buildKeepingLast();
  }

  Trainer trainer() {
    return trainer;
  }

  ShardListener listener() {
    return listener;
  }

  /** How many steps shards take between two questions. */
  int stepsAtOnce() {
    return Math.max(1, localSteps);
  }

  int batch() {
    return trainer.options().batch().orElse(Integer.MAX_VALUE);
  }
}
