package io.deltagraph.graph;

import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * An op that computes each element of its output from the elements at the same place of its inputs,
 * which broadcast. The author writes one lane expression.
 */
public non-sealed interface Pointwise<A extends Record> extends Op<A> {

  /** The output's lane as an expression of the inputs' lanes. */
  Lane forward(A attributes, Lanes x);

  @Override
  default TensorType infer(A attributes, InputTypes inputs) {
    DType dtype = forward(attributes, Lanes.of(inputs)).dtype();
    return new TensorType(dtype, inputs.broadcast());
  }

  /** Derived from the lane expression unless the author writes a simpler one. */
  @Override
  default List<Cotangent> backward(Adjoint<A> at) {
    return at.derived();
  }

  /** Derived: the differences of the numbers that the lane expression compares. */
  @Override
  default List<Value> kinks(Adjoint<A> at) {
    return at.derivedKinks();
  }
}
