/**
 * Which tasks a step runs on, and whether helpers share them, by which is faster here and now. Fast
 * tasks are tried aside until they are compiled well, and runs are timed with helpers and without.
 * Nothing here has any influence on a result: all tasks of a step give the same bits.
 */
@NullMarked
package io.deltagraph.tiering;

import org.jspecify.annotations.NullMarked;
