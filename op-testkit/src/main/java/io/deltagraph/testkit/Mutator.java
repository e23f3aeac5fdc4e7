package io.deltagraph.testkit;

/** A mechanical mistake in a backward rule, which the gradient check has to catch. */
public enum Mutator {
  /** The sign is wrong. */
  NEGATE("negated"),
  /** Twice the right gradient. */
  DOUBLE("times 2"),
  /** Half the right gradient. */
  HALVE("times 1/2"),
  /** A factor is missing: one of the rule's products, or the gradient that comes from above. */
  DROP_FACTOR("a factor dropped"),
  /** Rows and columns are mixed up. */
  TRANSPOSE("transposed"),
  /** A sum takes its first term only. */
  DROP_SUM("a sum dropped"),
  /** Two operands of the rule are exchanged. */
  SWAP_OPERANDS("operands swapped"),
  /** The rule reads the output of an earlier step. */
  STALE_OUTPUT("stale output"),
  /** The rule reads another input than the one it should. */
  WRONG_INPUT("wrong input"),
  /** Nothing flows. */
  ZERO("zero");

  private final String text;

  Mutator(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
