package io.deltagraph.graph;

import io.deltagraph.type.TensorType;
import java.util.Collections;
import java.util.List;

/**
 * A differentiable operation. Anyone may add one by implementing exactly one of the six kinds and
 * providing it as a service; an implementation is stateless and has a public constructor without
 * parameters.
 *
 * @param <A> the record of its attributes, {@link NoAttributes} if it has none
 */
public sealed interface Op<A extends Record>
    permits Pointwise, Reduction, Contraction, View, Kernel, Composite {

  /** The name, with a prefix such as {@code acme:} outside this project. */
  OpId id();

  /** The inputs, and the outputs where there are several. */
  OpSignature signature();

  /** The attributes; must be overridden by ops that have any. */
  @SuppressWarnings(
      "unchecked") // ops without attributes are Op<NoAttributes>; the registry checks it
  default Schema<A> schema() {
    return (Schema<A>) Schema.none();
  }

  /**
   * The type of the output. Refuses by throwing {@link InputTypes#refuse}; arity and element types
   * were checked before. An IllegalArgumentException with a message, such as {@link
   * io.deltagraph.type.Shape#dim} throws, is a refusal too; all else that is thrown, its subclasses
   * included, is a mistake of the op.
   */
  TensorType infer(A attributes, InputTypes inputs);

  /**
   * The types of all outputs, one for each that the signature names. An op of several outputs is a
   * {@link Kernel.Several}, a {@link Reduction.Several} or a {@link Composite.Several}, and states
   * these in place of {@link #infer}.
   */
  default List<TensorType> inferAll(A attributes, InputTypes inputs) {
    return Collections.singletonList(infer(attributes, inputs));
  }

  /** The gradient rule, in graph terms: one cotangent per input. */
  List<Cotangent> backward(Adjoint<A> at);

  /**
   * Values whose change of sign tells that a kink was crossed, where the op is not differentiable:
   * {@code x} for relu, {@code x − y} for maximum. Empty for smooth ops.
   */
  default List<Value> kinks(Adjoint<A> at) {
    return List.of();
  }

  /** What others call this op: suggested to those who ask for such a name, never looked up. */
  default List<String> synonyms() {
    return List.of();
  }

  /** How the op is written in formulas. */
  default Notation notation() {
    return Notation.function(id().name());
  }

  /**
   * What its numbers can be, whatever its inputs; any number unless the op says otherwise. Of an op
   * with several outputs it is what all of them can be.
   *
   * @param rank the rank of the output
   */
  default Codomain codomain(A attributes, int rank) {
    return Codomain.REALS;
  }

  /** Where the op is defined. */
  default Domain domain() {
    return Domain.everywhere();
  }
}
