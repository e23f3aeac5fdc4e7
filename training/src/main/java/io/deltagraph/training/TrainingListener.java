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
   * An epoch has ended.
   *
   * @param epoch from 1
   * @param loss the mean of its batches' losses, each weighted by its rows
   * @param parameters makes a copy of the parameters' present values, by name
   */
  default void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {}
}
