/**
 * Replacing values by equal ones that are simpler or more stable, by rules that the modules of the
 * ops provide as services. A rule keeps the type and the mathematical value of what it replaces, at
 * every point of its domain. Nothing here names an op, computes a number or decides on memory.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.rewrite;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
