package io.deltagraph.graph;

import io.deltagraph.type.TensorType;
import java.util.List;

/** An op whose every output element is one input element: it only says which. */
public non-sealed interface View<A extends Record> extends Op<A> {

  /** Where each output element lies in the input; both types have known sizes. */
  IndexMap map(A attributes, TensorType input, TensorType output);

  /** Derived: each input element collects the gradients of the output elements that show it. */
  @Override
  default List<Cotangent> backward(Adjoint<A> at) {
    return at.derived();
  }
}
