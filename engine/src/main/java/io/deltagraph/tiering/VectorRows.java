package io.deltagraph.tiering;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.List;
import java.util.Optional;

/** The plain loops with another inner loop for their products, which are left to them otherwise. */
record VectorRows(RowProduct inner) implements Backend {
  @Override
  public String name() {
    return "plain loops with rows on vectors";
  }

  @Override
  public Optional<List<Task>> tasks(Step step, Memory memory) {
    return step instanceof Step.Product product
        ? Backend.reference().tasks(product, memory, inner)
        : Optional.empty();
  }
}
