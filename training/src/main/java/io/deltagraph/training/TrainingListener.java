package io.deltagraph.training;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import java.util.Map;
import java.util.function.Supplier;

/** Hears of training as it goes on. */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Training begins.
   *
   * @param tiers says, until training ends, what its steps run on
   */
  default void started(StepTiers tiers) {}

  /**
   * A step has ended.
   *
   * @param epoch from 1
   * @param rows how many rows of this epoch have been seen
   * @param outputs what the net predicted for the batch before the step; the next step changes it
   * @param targets of the batch; the next step changes them
   * @param loss of the batch before the step
   */
  default void stepped(
      int epoch, int rows, TensorReader outputs, TensorReader targets, double loss) {}

  /**
   * The loss on the validation rows is known; the end of the epoch is told next. Only where there
   * are validation rows.
   *
   * @param epoch from 1
   * @param loss as it is outside of training
   */
  default void validated(int epoch, double loss) {}

  /**
   * An epoch has ended.
   *
   * @param epoch from 1
   * @param loss the mean of its batches' losses, each weighted by its rows
   * @param parameters makes a copy of the parameters' present values, by name
   */
  default void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {}

  /** Whether training is to end; asked after each step, so that it ends after the step in hand. */
  default boolean hasEnough() {
    return false;
  }

  /** What is to be in a checkpoint beside the parameters, by name, and comes back when resuming. */
  default Map<String, Tensor> remembered() {
    return Map.of();
  }

  /**
   * Training goes on from a checkpoint.
   *
   * @param epoch the last that had ended
   * @param remembered what was remembered then
   */
  default void resumed(int epoch, Map<String, Tensor> remembered) {}
}
