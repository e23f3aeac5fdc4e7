/**
 * Differentiation as a transformation of graphs: reverse mode to any order, and what follows from
 * it. A gradient is an ordinary value, made of ordinary nodes. Nothing here computes numbers, and
 * nothing here knows an op but through the algebra.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.gradient;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
