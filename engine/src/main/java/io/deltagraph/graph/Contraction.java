package io.deltagraph.graph;

import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * A sum of products of two inputs over paired axes: the author says which axes are paired, summed
 * and kept. Every output element is summed in ascending order of the summed indices, the last one
 * running fastest, each term by a fused multiply-add.
 */
public non-sealed interface Contraction<A extends Record> extends Op<A> {

  /**
   * The subscripts for inputs of those types, such as {@code ij,kj->ik}; refuses what does not fit.
   */
  Subscripts subscripts(A attributes, InputTypes inputs);

  @Override
  default TensorType infer(A attributes, InputTypes inputs) {
    return subscripts(attributes, inputs).infer(inputs);
  }

  /** Derived: the contraction of the gradient with the other input. */
  @Override
  default List<Cotangent> backward(Adjoint<A> at) {
    return at.derived();
  }
}
