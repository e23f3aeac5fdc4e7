/**
 * Reading tables, turning them into numbered rows, splitting and scaling them; the sets that ship
 * are here too. Everything is plain arrays and immutable values. Nothing here may know a graph, an
 * op, a loss or a model.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.data;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
