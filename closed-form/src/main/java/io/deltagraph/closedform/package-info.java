/**
 * The textbook formulas of regression and of neural networks, worked out by hand on plain arrays of
 * {@code double}. Here live forward passes, costs, deltas, gradients, least squares and scores,
 * each citing the place in the lecture notes (files 000 to 004) that derives it. Nothing here may
 * call the engine, an op or any automatic differentiation, because these numbers are the second
 * road that those are checked against.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.closedform;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
