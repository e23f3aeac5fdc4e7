package io.deltagraph.graph;

import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import java.util.List;

/** An op written as loops that read and write doubles whatever the element type. */
public non-sealed interface Kernel<A extends Record> extends Op<A> {

  /**
   * Fills {@code output} from {@code inputs}; keeps no state and reads nothing else. Refuses
   * numbers that it cannot take, such as an index outside an axis, by {@link
   * GraphException.BadInput}.
   */
  void forward(A attributes, List<TensorReader> inputs, TensorWriter output);

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
}
