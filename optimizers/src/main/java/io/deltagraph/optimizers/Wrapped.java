package io.deltagraph.optimizers;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An optimizer with something done before or after its step. */
record Wrapped(Optimizer inner, Function<Map<GraphParameter, Value>, OptimizerStep> wrapped)
    implements Optimizer {

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public Optional<ReduceOnPlateau> plateau() {
    return inner.plateau();
  }

  @Override
  public OptimizerStep step(Map<GraphParameter, Value> gradients) {
    return wrapped.apply(gradients);
  }
}
