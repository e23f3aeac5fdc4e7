package io.deltagraph.experiments;

import io.deltagraph.experiments.spec.TrainingSpec;

/** Hears of a run's parts as soon as each is known; all of them are in the report at the end. */
public interface RunListener {

  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** The data are read and the net is built. */
  default void opened(TrainingSpec settings, RunReport.Data data, RunReport.Net net) {}

  /** Gradients were checked. */
  default void checked(RunReport.Check check) {}

  /** Every fold was held out once. */
  default void validated(CrossValidation validation) {}

  /**
   * Training begins.
   *
   * @param epochs at most so many
   * @param rows in an epoch
   * @param measure what the score of an epoch is
   */
  default TrainingWatch training(int epochs, int rows, RunReport.Curve.Measure measure) {
    return TrainingWatch.NONE;
  }

  /** Training has ended. */
  default void trained(RunReport.Training training) {}

  /** The trained model was compared with something. */
  default void compared(RunReport.Comparison comparison) {}

  /** Predictions were scored. */
  default void scored(RunReport.Scores scores) {}

  /** The model is saved. */
  default void saved(RunReport.Files files) {}

  /** Hears of training while it goes on, and is closed when it ends, however it ends. */
  interface TrainingWatch extends AutoCloseable {

    /** Hears nothing. */
    TrainingWatch NONE = new TrainingWatch() {};

    /**
     * A step has ended.
     *
     * @param epoch from 1
     * @param rows how many rows of this epoch have been seen
     */
    default void stepped(int epoch, int rows) {}

    /** An epoch has ended. */
    default void epochEnded(RunReport.Point point) {}

    /** The model as it was after that epoch is saved. */
    default void saved(int epoch) {}

    @Override
    default void close() {}
  }
}
