/**
 * The loop over epochs and batches that runs a model's whole step, and what it reports on the way.
 * A step is one graph: forward, backward and the optimizer's update. Reading data, printing and
 * files live in other packages.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.training;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
