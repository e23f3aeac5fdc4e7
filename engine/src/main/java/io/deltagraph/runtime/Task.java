package io.deltagraph.runtime;

/** A piece of a step whose units can be computed in any order and at the same time. */
public interface Task {

  /** The number of units. */
  int units();

  /** About how long the whole task takes on one thread, in nanoseconds. */
  long cost();

  /**
   * Computes the units {@code from} up to but not including {@code to}.
   *
   * @param worker the number of the worker that does it; each has its own scratch memory
   */
  void run(int from, int to, int worker);
}
