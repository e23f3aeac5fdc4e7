package io.deltagraph.training;

import com.google.common.base.Preconditions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What ends training before its last epoch.
 *
 * @param validation the share of the rows that is not trained on, to watch the loss on; drawn by
 *     the seed. 0 means none: then the loss of training is watched
 * @param patience training ends after so many epochs without an improvement of the watched loss,
 *     and the best parameters are taken back; none means never
 * @param minDelta a loss is better if it is below the best so far by more than this
 * @param timeLimit training ends after the step in which this is over; none means never
 */
public record Stopping(
    double validation, OptionalInt patience, double minDelta, Optional<Duration> timeLimit) {

  /** Nothing ends it. */
  public static final Stopping NEVER = new Stopping(0, OptionalInt.empty(), 0, Optional.empty());

  /** Checks the ranges. */
  public Stopping {
    Preconditions.checkArgument(
        validation >= 0 && validation < 1,
        "The share of rows to validate on is from 0 to below 1, got %s.",
        validation);
    Preconditions.checkArgument(
        patience.isEmpty() || patience.getAsInt() > 0,
        "The patience is at least one epoch, got %s.",
        patience);
    Preconditions.checkArgument(
        minDelta >= 0 && Double.isFinite(minDelta),
        "The least improvement is a finite number not below 0, got %s.",
        minDelta);
    Preconditions.checkArgument(
        timeLimit.isEmpty() || timeLimit.get().isPositive(),
        "The time limit is longer than no time, got %s.",
        timeLimit);
  }

  /** How many of so many rows are validated on: at least one and never all, where there are any. */
  public int validationRows(int count) {
    return validation == 0
        ? 0
        : (int) Math.max(0, Math.min(count - 1L, Math.max(1, Math.round(validation * count))));
  }

  /** With another share of rows to validate on. */
  public Stopping withValidation(double share) {
    return new Stopping(share, patience, minDelta, timeLimit);
  }

  /** With another patience. */
  public Stopping withPatience(int epochs) {
    return new Stopping(validation, OptionalInt.of(epochs), minDelta, timeLimit);
  }

  /** With another least improvement. */
  public Stopping withMinDelta(double least) {
    return new Stopping(validation, patience, least, timeLimit);
  }

  /** With another time limit. */
  public Stopping withTimeLimit(Duration limit) {
    return new Stopping(validation, patience, minDelta, Optional.of(limit));
  }
}
