package io.deltagraph.spark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.Model;
import io.deltagraph.training.RowForm;
import io.deltagraph.training.ShardListener;
import io.deltagraph.training.ShardedTrainer;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains a model on a Spark cluster. The rows are cut into a fixed number of shards; each step asks
 * every shard for its gradients on its next batch, adds them up in the order of the shards, makes
 * one update and sends the parameters out again. How many executors there are, how many threads
 * they have, how the source is partitioned and whether executors are lost changes no bit of the
 * result, which is that of a {@link ShardedTrainer} with the same rows in memory. A trainer is
 * immutable; each of its methods that change something gives another one.
 */
public final class SparkTrainer {
  private final Model model;
  private final ShardedTrainer trainer;
  private final Map<String, List<String>> columns;
  private final int tasks;
  private final Optional<Checkpoint> checkpoint;

  private record Checkpoint(String uri, boolean resume) {}

  private SparkTrainer(
      Model model,
      ShardedTrainer trainer,
      Map<String, List<String>> columns,
      int tasks,
      Optional<Checkpoint> checkpoint) {
    this.model = model;
    this.trainer = trainer;
    this.columns = ImmutableMap.copyOf(columns);
    this.tasks = tasks;
    this.checkpoint = checkpoint;
  }

  /** Trains a model as {@link Trainer#of} would, on 64 shards, if nothing is changed. */
  public static SparkTrainer of(Model model) {
    return of(model, Trainer.of(model));
  }

  /**
   * Trains as a trainer of a model would, on 64 shards.
   *
   * @throws IllegalArgumentException if it has settings that make no sense for shards, as in {@link
   *     ShardedTrainer#of}
   */
  public static SparkTrainer of(Model model, Trainer trainer) {
    return new SparkTrainer(
        model, ShardedTrainer.of(trainer), ImmutableMap.of(), 0, Optional.empty());
  }

  /** With another number of shards; the result depends on it. */
  public SparkTrainer shards(int number) {
    return with(trainer.shards(number));
  }

  /**
   * With so many steps that each shard takes on its own, as in {@link ShardedTrainer#localSteps}.
   */
  public SparkTrainer localSteps(int number) {
    return with(trainer.localSteps(number));
  }

  /** With one who hears of steps, of the executors that took them, and of those that are late. */
  public SparkTrainer listener(ShardListener other) {
    return with(trainer.listener(other));
  }

  private SparkTrainer with(ShardedTrainer other) {
    return new SparkTrainer(model, other, columns, tasks, checkpoint);
  }

  /**
   * With another number of tasks for each step, of which each has as many shards as the others, but
   * for one: Spark's own default parallelism at first, and never more than there are shards. No bit
   * of the result depends on it.
   */
  public SparkTrainer tasks(int number) {
    return new SparkTrainer(model, trainer, columns, number, checkpoint);
  }

  /**
   * With the columns that an input or a target is made of, in their order; without it, that is the
   * column of its name. A column holds numbers, truth values or arrays of numbers.
   */
  public SparkTrainer columns(String name, String... of) {
    return new SparkTrainer(
        model,
        trainer,
        ImmutableMap.<String, List<String>>builder()
            .putAll(columns)
            .put(name, ImmutableList.copyOf(of))
            .buildKeepingLast(),
        tasks,
        checkpoint);
  }

  /** With a file of any Hadoop file system that training can be resumed from, epoch by epoch. */
  public SparkTrainer checkpoint(String uri) {
    return new SparkTrainer(
        model, trainer, columns, tasks, Optional.of(new Checkpoint(uri, false)));
  }

  /** The same, and training goes on from that file, if it is there, to the same bits. */
  public SparkTrainer resume(String uri) {
    return new SparkTrainer(model, trainer, columns, tasks, Optional.of(new Checkpoint(uri, true)));
  }

  /**
   * Trains on rows of a table.
   *
   * @throws IllegalArgumentException for a column that is not there, that holds something else than
   *     numbers, or a row with other numbers than the model takes
   */
  public TrainingResult fit(Dataset<Row> rows) {
    return fit(RowColumns.of(RowForm.of(model), columns, rows));
  }

  /**
   * Trains on rows of numbers.
   *
   * @param rows the numbers of each input of the model one after another, then those of each
   *     target; computed again, they have to be the same
   * @throws IllegalArgumentException for a row with other numbers than the model takes
   */
  public TrainingResult fit(JavaRDD<double[]> rows) {
    Configuration files = rows.context().hadoopConfiguration();
    ShardedTrainer keeping =
        checkpoint
            .map(kept -> trainer.checkpoint(new HadoopStore(kept.uri(), files), kept.resume()))
            .orElse(trainer);
    return keeping.fit(program -> ClusterShards.of(program, rows, tasks));
  }
}
