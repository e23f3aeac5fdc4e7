package io.deltagraph.optimizers;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import java.util.Map;

/** What is done to gradients before an optimizer sees them, such as clipping, as a graph. */
@FunctionalInterface
public interface GradientTransform {

  /**
   * The gradients that the optimizer is to see, of the same parameters and types.
   *
   * @param gradients the gradient of each parameter; at least one
   */
  Map<GraphParameter, Value> apply(Map<GraphParameter, Value> gradients);

  /**
   * The optimizer with transformed gradients. Of two transforms, the outer one comes first: {@code
   * clipping.before(decay.before(adam))} clips the gradient of the loss alone, as is usual.
   */
  default Optimizer before(Optimizer optimizer) {
    return new Wrapped(optimizer, gradients -> optimizer.step(apply(gradients)));
  }
}
