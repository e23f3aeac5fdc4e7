package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression;

/** Ends the evaluation of an expression that has no value. */
final class Misfit extends Exception {
  private static final long serialVersionUID = 1;

  final transient Expression part;
  final String expected;
  final boolean unknownName;

  Misfit(Expression part, String expected) {
    this(part, expected, false);
  }

  Misfit(Expression part, String expected, boolean unknownName) {
    super(expected, null, false, false);
    this.part = part;
    this.expected = expected;
    this.unknownName = unknownName;
  }
}
