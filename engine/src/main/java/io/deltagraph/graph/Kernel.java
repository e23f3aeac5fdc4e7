package io.deltagraph.graph;

import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;

/** An op written as loops that read and write doubles whatever the element type. */
public non-sealed interface Kernel<A extends Record> extends Op<A> {

  /**
   * Fills {@code output} from {@code inputs}; keeps no state and reads nothing else. Refuses
   * numbers that it cannot take, such as an index outside an axis, by {@link
   * GraphException.BadInput}.
   */
  void forward(A attributes, List<TensorReader> inputs, TensorWriter output);

  /** The same for all outputs, as many as the signature names. */
  default void forwardAll(A attributes, List<TensorReader> inputs, List<TensorWriter> outputs) {
    forward(attributes, inputs, outputs.getFirst());
  }

  /**
   * Whether the result depends on the shapes of the inputs alone: it is then computed once, and
   * reading an element of an input is an error.
   */
  default boolean readsShapesOnly(A attributes) {
    return false;
  }

  /** Loops without attributes, for raw backward rules. */
  @FunctionalInterface
  interface Loops {
    /** Fills {@code output} from {@code inputs}. */
    void run(List<TensorReader> inputs, TensorWriter output);
  }

  /** A kernel of several outputs, which {@link OpSignature#giving} names. */
  interface Several<A extends Record> extends Kernel<A> {
    @Override
    List<TensorType> inferAll(A attributes, InputTypes inputs);

    @Override
    void forwardAll(A attributes, List<TensorReader> inputs, List<TensorWriter> outputs);

    /** Not asked: there are several. */
    @Override
    default TensorType infer(A attributes, InputTypes inputs) {
      throw new IllegalStateException("It has several outputs: ask inferAll.");
    }

    /** Not asked: there are several. */
    @Override
    default void forward(A attributes, List<TensorReader> inputs, TensorWriter output) {
      throw new IllegalStateException("It has several outputs: ask forwardAll.");
    }
  }
}
