/**
 * Graphs as formulas in text and LaTeX, and as drawings in DOT. Output is linear in the graph:
 * shared nodes get a name, and every walk is a loop. Nothing here computes, reads or changes a
 * value, or trusts a name: names and notations come from files and plugins and are escaped.
 */
@NullMarked
package io.deltagraph.print;

import org.jspecify.annotations.NullMarked;
