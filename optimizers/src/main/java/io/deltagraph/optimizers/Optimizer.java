package io.deltagraph.optimizers;

import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import java.util.Map;

/**
 * A rule that turns gradients into new values of parameters, written as a graph. What it remembers
 * between steps are named parameters of the same graph, so that a checkpoint holds them like any
 * other.
 */
public interface Optimizer {

  /** The name in specifications and in the names of its state, such as {@code adam}. */
  String name();

  /** The learning rate at each step. */
  Schedule learningRate();

  /** The new value of one parameter, of its type. */
  Value next(Slot slot);

  /**
   * One step of all parameters at once.
   *
   * @param gradients the gradient of the loss with respect to each parameter, of its type; at least
   *     one
   */
  default OptimizerStep step(Map<Parameter, Value> gradients) {
    return OptimizerStep.of(this, gradients);
  }
}
