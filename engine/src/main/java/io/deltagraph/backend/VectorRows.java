package io.deltagraph.backend;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plain loops with another inner loop for their products of some dtypes; the rest is left to
 * them.
 */
record VectorRows(RowProduct inner, Set<DType> dtypes) implements Backend {
  VectorRows {
    dtypes = ImmutableSet.copyOf(dtypes);
  }

  @Override
  public String name() {
    return "plain loops with rows on vectors";
  }

  @Override
  public Optional<List<Task>> tasks(Step step, Memory memory) {
    return step instanceof Step.Product product && dtypes.contains(product.left().type().dtype())
        ? Backend.reference().tasks(product, memory, inner)
        : Optional.empty();
  }
}
