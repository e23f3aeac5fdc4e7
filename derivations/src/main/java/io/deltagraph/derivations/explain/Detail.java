package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Equation;
import io.deltagraph.derivations.language.Expression;

/** One step of how a line comes about. */
public sealed interface Detail {

  /**
   * What comes back through one of the values that are computed from this one.
   *
   * @param through the value's equation
   * @param share what it adds to the gradient, as the ops' own rules have it
   */
  record Chain(Equation through, Expression.Name of, Expression share) implements Detail {}

  /**
   * A value is used several times, and what comes back adds up.
   *
   * @param times how often
   */
  record Accumulation(Expression.Name of, int times) implements Detail {}

  /** The derivative of a function by entries. */
  record Local(Expression slope, Expression equal) implements Detail {}

  /** A part rewritten by a rule. */
  record Rewriting(String rule, Expression before, Expression after) implements Detail {}
}
