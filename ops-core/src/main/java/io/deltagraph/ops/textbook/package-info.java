/**
 * What turns a gradient graph into a textbook's form: the rules that modules of ops provide, the
 * derivative of an op as a node, and names for numbers. Every node here has a value that the engine
 * computes, so that a rule is checked by numbers. Printing and the order in which rules are tried
 * may not live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.ops.textbook;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
