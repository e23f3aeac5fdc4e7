/**
 * Activation functions, one op in one file, each with its values at kinks documented. Each is a
 * plugin that reaches the engine through its exported SPI alone. Losses and layers may not live
 * here.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.activations;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
