package io.deltagraph.training;

/** Why training has ended. */
public enum TrainingEnd {
  /** All epochs were made. */
  EPOCHS,
  /** The loss of an epoch fell below the bound. */
  STOP_BELOW,
  /** The watched loss did not improve for as many epochs as there is patience for. */
  PATIENCE,
  /** The time was over. */
  TIME_LIMIT,
  /** A listener had enough. */
  LISTENER,
  /** The thread was interrupted; its interrupted status is still set. */
  INTERRUPTED
}
