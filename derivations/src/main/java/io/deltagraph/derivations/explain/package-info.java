/**
 * The derivation of a graph's gradients as a textbook writes it: forward equations, the cost, each
 * delta and each gradient, by rewriting the graph itself with rules that the modules of the ops
 * provide. Nothing here knows a model, and no op is named but for how it is written. Marking what
 * others write may not live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.derivations.explain;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
