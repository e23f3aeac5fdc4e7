package io.deltagraph.derivations.marking;

import io.deltagraph.check.Cause;
import io.deltagraph.derivations.language.Expression;

/**
 * A change that may make a line right.
 *
 * @param cause that it speaks for
 * @param tree the changed expression
 */
record Repair(Cause cause, Expression tree) {}
