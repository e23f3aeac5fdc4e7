package io.deltagraph.graph;

import io.deltagraph.type.TensorType;
import java.util.Collections;
import java.util.List;

/**
 * An op that is an expression of other ops. It stays one named node in prints, files and errors,
 * and is expanded for gradients and plans.
 */
public non-sealed interface Composite<A extends Record> extends Op<A> {
  /** The output as an expression of the inputs. */
  Value forward(A attributes, Values x);

  /** The outputs as expressions of the inputs, as many as the signature names. */
  default List<Value> forwardAll(A attributes, Values x) {
    return Collections.singletonList(forward(attributes, x));
  }

  /** The type of {@link #forward}'s result, which the builder has made by then. */
  @Override
  default TensorType infer(A attributes, InputTypes inputs) {
    throw new IllegalStateException("The type of a composite is the type of its expansion.");
  }

  /** Derived from the expansion unless the author writes a simpler one. */
  @Override
  default List<Cotangent> backward(Adjoint<A> at) {
    return at.derived();
  }

  /**
   * Derived from the expansion; states its own where kinks of the expansion's terms cancel, as in
   * {@code max(z, 0) + ln(1 + e^−|z|)}, or lie elsewhere.
   */
  @Override
  default List<Value> kinks(Adjoint<A> at) {
    return at.derivedKinks();
  }

  /** A composite of several outputs, which {@link OpSignature#giving} names. */
  interface Several<A extends Record> extends Composite<A> {
    @Override
    List<Value> forwardAll(A attributes, Values x);

    /** Not asked: there are several. */
    @Override
    default Value forward(A attributes, Values x) {
      throw new IllegalStateException("It has several outputs: ask forwardAll.");
    }
  }
}
