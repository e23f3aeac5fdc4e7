/**
 * Optimizers whose step is a graph over named state, learning-rate schedules, clipping and
 * projections. An update rule is stated in the Javadoc of its class. Loops over data, models and
 * losses may not live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.optimizers;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
