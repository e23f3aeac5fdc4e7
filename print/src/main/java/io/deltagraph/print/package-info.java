/**
 * Graphs as formulas in text and LaTeX, and as drawings in DOT; tables of text. Output is linear in
 * the graph: shared nodes get a name, and every walk is a loop. Nothing here computes, reads or
 * changes a value, or trusts a name: names and notations come from files and plugins and are
 * escaped.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.print;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
