package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression;

/**
 * A change that may make a line right.
 *
 * @param code of the cause that it speaks for
 * @param sentence the cause in words
 * @param tree the changed expression
 */
record Repair(String code, String sentence, Expression tree) {}
