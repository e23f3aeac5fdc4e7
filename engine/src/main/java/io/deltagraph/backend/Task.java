package io.deltagraph.backend;

import io.deltagraph.tensor.TensorBuffer;
import java.util.Optional;

/** A piece of a step whose units can be computed in any order and at the same time. */
public interface Task {

  /** The number of units. */
  int units();

  /** About how long the whole task takes on one thread, in nanoseconds. */
  long cost();

  /**
   * The buffer that this only arranges anew, in memory of its own: it runs again after that has
   * changed, and not otherwise. Such tasks come before the others of a step.
   */
  default Optional<TensorBuffer> arranges() {
    return Optional.empty();
  }

  /**
   * Computes the units {@code from} up to but not including {@code to}.
   *
   * @param worker the number of the worker that does it; each has its own scratch memory
   */
  void run(int from, int to, int worker);
}
