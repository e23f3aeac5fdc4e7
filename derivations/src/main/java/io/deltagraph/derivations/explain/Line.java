package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableList;
import io.deltagraph.derivations.language.Equation;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * A line of a derivation.
 *
 * @param kind what it is about
 * @param equation how it is written
 * @param of the value on the left, or the one with respect to which it is the gradient
 * @param right the value on the right; gradients of lines above stand in it as inputs of their own
 * @param remarks what has to be known to read it, as sentences without their dots
 * @param details how it comes about, in order
 */
public record Line(
    Kind kind,
    Equation equation,
    Value of,
    Value right,
    List<String> remarks,
    List<Detail> details) {
  public Line {
    remarks = ImmutableList.copyOf(remarks);
    details = ImmutableList.copyOf(details);
  }

  /** What a line is about. */
  public enum Kind {
    /** A value on the way from the inputs to the outputs. */
    FORWARD,
    /** The cost. */
    COST,
    /** The gradient with respect to a value on the way. */
    DELTA,
    /** The gradient with respect to a parameter or an input. */
    GRADIENT
  }
}
