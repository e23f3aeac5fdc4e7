package io.deltagraph.runtime;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.deltagraph.backend.PlanMemory;
import io.deltagraph.backend.StoredValue;
import io.deltagraph.graph.GraphException;
import io.deltagraph.plan.Plan;
import io.deltagraph.tensor.Tensor;

/** The outputs of a plan, to be read after a run. */
final class Outputs {
  private final ImmutableMap<String, StoredValue> values;

  Outputs(Plan plan, PlanMemory memory) {
    values = ImmutableMap.copyOf(Maps.transformValues(plan.outputs(), memory::at));
  }

  /** Copies of all outputs, in the plan's order. */
  ImmutableMap<String, Tensor> copies() {
    return ImmutableMap.copyOf(Maps.transformValues(values, StoredValue::get));
  }

  /**
   * An output.
   *
   * @throws GraphException.BadInput if there is none of that name
   */
  StoredValue of(String name) {
    StoredValue value = values.get(name);
    if (value == null) {
      throw new GraphException.BadInput(
          "There is no output '%s'; there are %s.".formatted(name, values.keySet()));
    }
    return value;
  }
}
