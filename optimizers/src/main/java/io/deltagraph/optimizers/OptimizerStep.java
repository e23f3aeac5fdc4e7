package io.deltagraph.optimizers;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
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
    Map<GraphParameter, Value> updates, Map<GraphParameter, Tensor> initialState) {
  public OptimizerStep {
    updates = ImmutableMap.copyOf(updates);
    initialState = ImmutableMap.copyOf(initialState);
  }

  /**
   * The name of the state that counts the steps made, one for all parameters: an f64 scalar, since
   * f32 stops counting at 2²⁴.
   */
  public static final String STEP_COUNT = "optimizer/step";

  private static final TensorType COUNTER = TensorType.scalar(DType.F64);

  static OptimizerStep of(UpdateRule rule, Map<GraphParameter, Value> gradients) {
    Preconditions.checkArgument(!gradients.isEmpty(), "There are no parameters to update.");
    GraphParameter count =
        state(gradients.keySet().iterator().next().builder(), STEP_COUNT, COUNTER);
    Value step = count.plus(1);
    Value learningRate = rule.learningRate().at(step);
    Map<GraphParameter, Value> updates = new LinkedHashMap<>();
    Map<GraphParameter, Tensor> initialState = new LinkedHashMap<>();
    updates.put(count, step);
    initialState.put(count, Tensor.zeros(COUNTER));
    if (rule.learningRate() instanceof ReduceOnPlateau) {
      initialState.put(state(count.builder(), ReduceOnPlateau.SCALE, COUNTER), Tensor.scalar(1));
    }
    gradients.forEach((parameter, gradient) -> {
      Preconditions.checkArgument(
          gradient.type().equals(parameter.type()),
          "The gradient of %s has the type %s.",
          parameter,
          gradient.type());
      ParameterUpdate at =
          new ParameterUpdate(
              rule.name(), parameter, gradient, step, learningRate, updates, initialState);
      updates.put(parameter, rule.next(at));
    });
    return new OptimizerStep(ImmutableMap.copyOf(updates), ImmutableMap.copyOf(initialState));
  }

  /**
   * State of that name: what another optimizer of the builder has called so already, if there was
   * one. Each training begins with the first values anew.
   */
  static GraphParameter state(GraphBuilder builder, String name, TensorType type) {
    return builder.named(name).orElse(null) instanceof GraphParameter known
            && known.type().equals(type)
        ? known
        : builder.parameter(name, type);
  }
}
