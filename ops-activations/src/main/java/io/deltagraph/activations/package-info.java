/**
 * Activation functions, one op in one file, each with its values at kinks documented. Each is a
 * plugin that reaches the engine through its exported SPI alone. Losses and layers may not live
 * here.
 */
@NullMarked
package io.deltagraph.activations;

import org.jspecify.annotations.NullMarked;
