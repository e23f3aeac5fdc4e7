package io.deltagraph.experiments;

import io.deltagraph.experiments.spec.TrainingSpec;
import java.util.Optional;

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

  /**
   * Training came to a number that is not finite; the run ends with the exception that says so.
   *
   * @param report with all until then
   */
  default void diverged(RunReport report) {}

  /**
   * The run ends and does not save its model: training failed, or a check of the trained model. The
   * model that was there before is as it was.
   */
  default void failed(Kept kept) {}

  /**
   * The process ends before the run does. Called while it ends, from another thread.
   *
   * @param kept empty if no epoch had ended
   */
  default void stopped(Optional<Kept> kept) {}

  /**
   * What is kept of a run that saves no model.
   *
   * @param files beside those of the model
   * @param epoch after which the model was so
   */
  record Kept(RunReport.Files files, int epoch) {}

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

    @Override
    default void close() {}
  }
}
