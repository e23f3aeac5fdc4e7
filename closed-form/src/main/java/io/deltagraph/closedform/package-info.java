/**
 * The textbook formulas of forward passes, deltas and gradients on plain arrays. It is the second
 * road to every number, so each formula is written out by hand with its source. No call into the
 * engine, an op or a model may live here.
 */
@NullMarked
package io.deltagraph.closedform;

import org.jspecify.annotations.NullMarked;
