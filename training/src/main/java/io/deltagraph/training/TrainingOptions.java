package io.deltagraph.training;

import com.google.common.base.Preconditions;
import io.deltagraph.random.Seeds;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How long and in what portions to train.
 *
 * @param epochs the most passes over the rows
 * @param batch rows per step; none means all of them
 * @param stopBelow training ends after an epoch whose loss is below this (001); none means never
 * @param seeds where the order of the rows comes from; each epoch's is independent of the others
 * @param threads how many threads a step may use; results do not depend on it
 * @param stopping what else ends it
 */
public record TrainingOptions(
    int epochs,
    OptionalInt batch,
    OptionalDouble stopBelow,
    Seeds seeds,
    int threads,
    Stopping stopping) {

  /** Checks that there is at least one row in a batch and one thread. */
  public TrainingOptions {
    Preconditions.checkArgument(
        epochs >= 0, "The number of epochs is not negative, got %s.", epochs);
    Preconditions.checkArgument(
        batch.isEmpty() || batch.getAsInt() > 0, "A batch has at least one row, got %s.", batch);
    Preconditions.checkArgument(threads > 0, "There is at least one thread, got %s.", threads);
  }

  /** Where nothing else ends it. */
  public TrainingOptions(
      int epochs, OptionalInt batch, OptionalDouble stopBelow, Seeds seeds, int threads) {
    this(epochs, batch, stopBelow, seeds, threads, Stopping.NEVER);
  }

  /** A hundred epochs of batches of 32 rows, seed 1, one thread. */
  public static TrainingOptions defaults() {
    return new TrainingOptions(100, OptionalInt.of(32), OptionalDouble.empty(), Seeds.of(1), 1);
  }

  /** With another number of epochs. */
  public TrainingOptions withEpochs(int number) {
    return new TrainingOptions(number, batch, stopBelow, seeds, threads, stopping);
  }

  /** With another number of rows per step. */
  public TrainingOptions withBatch(int rows) {
    return new TrainingOptions(epochs, OptionalInt.of(rows), stopBelow, seeds, threads, stopping);
  }

  /** With an order of rows from other seeds. */
  public TrainingOptions withSeeds(Seeds other) {
    return new TrainingOptions(epochs, batch, stopBelow, other, threads, stopping);
  }

  /** With another number of threads. */
  public TrainingOptions withThreads(int number) {
    return new TrainingOptions(epochs, batch, stopBelow, seeds, number, stopping);
  }

  /** With another bound that ends training. */
  public TrainingOptions withStopBelow(double loss) {
    return new TrainingOptions(epochs, batch, OptionalDouble.of(loss), seeds, threads, stopping);
  }

  /** With other things that end training. */
  public TrainingOptions withStopping(Stopping other) {
    return new TrainingOptions(epochs, batch, stopBelow, seeds, threads, other);
  }
}
