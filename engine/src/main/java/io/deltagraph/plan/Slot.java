package io.deltagraph.plan;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;

/**
 * A buffer of a plan.
 *
 * @param dtype the element type
 * @param length the number of elements
 * @param role what it holds
 */
public record Slot(DType dtype, int length, Role role) {

  /** What a buffer holds. */
  public sealed interface Role {}

  /** The input of that name, copied here before each run. */
  public record OfInput(String name) implements Role {}

  /** The parameter of that name, which all plans of a session share. */
  public record OfParameter(String name) implements Role {}

  /** Numbers that never change. */
  public record OfConstant(Tensor tensor) implements Role {}

  /** Intermediate values, one after another. */
  public record Scratch() implements Role {}

  /** The size in memory. */
  public long bytes() {
    return (long) length * dtype.bytes();
  }
}
