/**
 * The graph of values, the contract of ops and their kinds, and the algebra that backward rules
 * use. An author of an op needs this package and nothing else of the engine. Nothing here
 * differentiates, plans or runs a graph, and nothing here knows any op but by {@link
 * io.deltagraph.graph.Algebra}'s names.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.graph;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
