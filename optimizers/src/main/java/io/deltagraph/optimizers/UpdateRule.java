package io.deltagraph.optimizers;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import java.util.Map;
import java.util.Optional;

/** An optimizer that gives each parameter its new value without looking at the others. */
public interface UpdateRule extends Optimizer {

  /** The learning rate at each step. */
  Schedule learningRate();

  /** The new value of one parameter, of its type. */
  Value next(ParameterUpdate at);

  @Override
  default Optional<ReduceOnPlateau> plateau() {
    return learningRate() instanceof ReduceOnPlateau plateau
        ? Optional.of(plateau)
        : Optional.empty();
  }

  @Override
  default OptimizerStep step(Map<GraphParameter, Value> gradients) {
    return OptimizerStep.of(this, gradients);
  }
}
