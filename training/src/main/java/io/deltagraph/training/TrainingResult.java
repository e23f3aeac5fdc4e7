package io.deltagraph.training;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.Model;
import io.deltagraph.models.TrainedModel;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What training came to.
 *
 * @param model what was trained
 * @param parameters the model's parameters and its state by name, without the optimizer's state
 * @param epochs the number of passes that were made
 * @param loss of the last epoch: the mean of its batches' losses, each weighted by its rows; NaN if
 *     there was no epoch
 * @param end why it has ended
 * @param bestEpoch whose parameters these are, where there was patience: those of the lowest
 *     watched loss
 * @param history the losses of each epoch
 */
public record TrainingResult(
    Model model,
    Map<String, Tensor> parameters,
    int epochs,
    double loss,
    TrainingEnd end,
    OptionalInt bestEpoch,
    List<EpochLosses> history) {
  public TrainingResult {
    history = ImmutableList.copyOf(history);
    parameters = ImmutableMap.copyOf(parameters);
  }

  /** What predicts: the model as it is outside of training, to be used or saved. */
  public TrainedModel trained() {
    return new TrainedModel(model.inference(), parameters);
  }

  /** The first output for rows of the only input, n × features. */
  public Tensor predict(Tensor rows) {
    return trained().predict(rows);
  }

  /** The first output for rows of numbers, one for each row. */
  public double[][] predict(double[]... rows) {
    return trained().predict(rows);
  }

  /** The outputs for inputs by name. */
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    return trained().predict(inputs);
  }
}
