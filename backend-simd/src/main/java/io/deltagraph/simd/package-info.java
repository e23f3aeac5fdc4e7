/**
 * The backend that runs the steps of a plan on vectors, by kernels that are generated as classes.
 * They give the bits of the plain loops, to which every step is left that has no kernel here. What
 * is computed together, and when, is not decided here: that is the planner's and the runtime's.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.simd;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
