/**
 * The backward rules and kinks that follow from what an op computes, as values of its graph: from a
 * lane expression, and from the axes that a contraction pairs. An author of an op gets them without
 * knowing how. Nothing here walks a graph, and nothing here knows an op but through the algebra.
 */
@GraphLibrary
@NullMarked
package io.deltagraph.derived;

import io.deltagraph.graph.GraphLibrary;
import org.jspecify.annotations.NullMarked;
