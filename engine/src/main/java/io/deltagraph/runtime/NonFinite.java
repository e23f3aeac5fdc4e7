package io.deltagraph.runtime;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;

/**
 * The first value of a run that is not finite although all that it was computed from is.
 *
 * @param value what was computed
 * @param element the row-major position of its first such element
 * @param number the element: infinite, or not a number
 */
public record NonFinite(Value value, int element, double number) {

  /** Which op made which number where. */
  @Override
  public String toString() {
    String place = "element " + element + " of " + value + " is " + number;
    return value instanceof Apply apply
        ? "%s, made by %s from finite inputs.\n  built   %s\n  op      %s  %s"
            .formatted(
                place,
                apply.op().id(),
                apply.site(),
                apply.op().id(),
                apply.builder().ops().provider(apply.op()))
        : place + ", as it was given.";
  }
}
