package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.tensor.Tensor;
import java.util.Map;

/**
 * What training came to.
 *
 * @param parameters the net's parameters by name, without the optimizer's state
 * @param epochs the number of passes that were made
 * @param loss of the last epoch: the mean of its batches' losses, each weighted by its rows; NaN if
 *     there was no epoch
 */
public record TrainingResult(Map<String, Tensor> parameters, int epochs, double loss) {
  public TrainingResult {
    parameters = ImmutableMap.copyOf(parameters);
  }
}
