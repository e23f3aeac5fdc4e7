/**
 * The core ops: arithmetic, comparisons, linear algebra, reductions and shape ops, one op in one
 * file. Each is a plugin that reaches the engine through its exported SPI alone. Activation
 * functions, losses and anything that knows of models may not live here.
 */
@NullMarked
package io.deltagraph.ops;

import org.jspecify.annotations.NullMarked;
