/**
 * Values as numbers: immutable tensors over typed heap arrays. Everything that makes, reads or
 * copies numbers lives here. Nothing here computes: arithmetic belongs to ops, and nothing here may
 * know of graphs.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@NullMarked
package io.deltagraph.tensor;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
