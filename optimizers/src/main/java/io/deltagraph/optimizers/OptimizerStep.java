package io.deltagraph.optimizers;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step as values.
 *
 * @param updates the new value of each parameter and of each piece of state
 * @param initialState what the state holds before the first step
 */
public record OptimizerStep(
    ImmutableMap<Parameter, Value> updates, ImmutableMap<Parameter, Tensor> initialState) {

  /** The name of the state that counts steps; one for all parameters. */
  static final String STEP_COUNT = "optimizer/step";

  static OptimizerStep of(Optimizer optimizer, Map<Parameter, Value> gradients) {
    Preconditions.checkArgument(!gradients.isEmpty(), "There are no parameters to update.");
    Parameter first = gradients.keySet().iterator().next();
    GraphBuilder builder = first.builder();
    Map<Parameter, Value> updates = new LinkedHashMap<>();
    Map<Parameter, Tensor> initialState = new LinkedHashMap<>();
    TensorType counter = TensorType.scalar(first.dtype());
    Parameter count = builder.parameter(STEP_COUNT, counter);
    Value step = count.plus(1);
    initialState.put(count, Tensor.zeros(counter));
    updates.put(count, step);
    gradients.forEach((parameter, gradient) -> {
      Value at = step.cast(parameter.dtype());
      Slot slot =
          new Slot(
              optimizer.name(),
              parameter,
              gradient,
              at,
              optimizer.learningRate().at(at),
              updates,
              initialState);
      updates.put(parameter, optimizer.next(slot));
    });
    return new OptimizerStep(ImmutableMap.copyOf(updates), ImmutableMap.copyOf(initialState));
  }
}
