/**
 * Values as numbers: immutable tensors over typed heap arrays. Everything that makes, reads or
 * copies numbers lives here. Nothing here computes: arithmetic belongs to ops, and nothing here may
 * know of graphs.
 */
@NullMarked
package io.deltagraph.tensor;

import org.jspecify.annotations.NullMarked;
