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
 */
public record TrainingOptions(
    int epochs, OptionalInt batch, OptionalDouble stopBelow, Seeds seeds, int threads) {

  /** Checks that there is at least one row in a batch and one thread. */
  public TrainingOptions {
    Preconditions.checkArgument(
        epochs >= 0, "The number of epochs is not negative, got %s.", epochs);
    Preconditions.checkArgument(
        batch.isEmpty() || batch.getAsInt() > 0, "A batch has at least one row, got %s.", batch);
    Preconditions.checkArgument(threads > 0, "There is at least one thread, got %s.", threads);
  }
}
