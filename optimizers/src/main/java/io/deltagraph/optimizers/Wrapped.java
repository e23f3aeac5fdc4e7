package io.deltagraph.optimizers;

import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import java.util.Map;
import java.util.function.Function;

/** An optimizer with something done before or after its step. */
record Wrapped(String name, Function<Map<Parameter, Value>, OptimizerStep> wrapped)
    implements Optimizer {

  @Override
  public OptimizerStep step(Map<Parameter, Value> gradients) {
    return wrapped.apply(gradients);
  }
}
