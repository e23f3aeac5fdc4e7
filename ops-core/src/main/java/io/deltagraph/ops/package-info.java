/**
 * The core ops: arithmetic, comparisons, linear algebra, reductions and shape ops, one op in one
 * file. Each is a plugin that reaches the engine through its exported SPI alone. Activation
 * functions, losses and anything that knows of models may not live here.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.ops;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
