package io.deltagraph.optimizers;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import java.util.Map;
import java.util.Optional;

/**
 * What turns gradients into new values of parameters, written as a graph. What it remembers between
 * steps are named parameters of the same graph, so that a checkpoint holds them like any other.
 *
 * <p>An {@link UpdateRule} looks at one parameter at a time; {@link GradientTransform#before} and
 * {@link Projection#after} wrap an optimizer in another one.
 */
public interface Optimizer {

  /** The name in specifications and in the names of its state, such as {@code adam}. */
  String name();

  /**
   * One step of all parameters at once. Makes the state, or finds it where an optimizer of that
   * name has made it before.
   *
   * @param gradients the gradient of the loss with respect to each parameter, of its type; at least
   *     one
   */
  OptimizerStep step(Map<GraphParameter, Value> gradients);

  /** How its learning rate follows the loss, where it does. */
  default Optional<ReduceOnPlateau> plateau() {
    return Optional.empty();
  }
}
