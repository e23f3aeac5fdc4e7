package io.deltagraph.workloads;

import io.deltagraph.backend.ProductShape;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Step;
import java.util.stream.Stream;

/** What the steps of a plan cost, counted from their shapes. */
public final class PlanCost {
  private PlanCost() {}

  /**
   * The floating-point operations of all products of a plan, {@code 2 m n k} each. Activations,
   * losses and updates are not counted, as is usual where engines are compared.
   */
  public static long productFlops(Plan plan) {
    return steps(plan).mapToLong(PlanCost::productFlops).sum();
  }

  /** The floating-point operations of a product, {@code 2 m n k}; 0 for any other step. */
  public static long productFlops(Step step) {
    if (!(step instanceof Step.Product product)) {
      return 0;
    }
    ProductShape shape = ProductShape.of(product);
    return 2L * shape.batch() * shape.rows() * shape.terms() * shape.columns();
  }

  /** All steps of a plan, those that set parameters among them. */
  public static Stream<Step> steps(Plan plan) {
    return Stream.concat(plan.steps().stream(), plan.commits().stream());
  }
}
