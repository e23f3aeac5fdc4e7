/**
 * Optimizers whose step is a graph over named state, learning-rate schedules, clipping and
 * projections. An update rule is stated in the Javadoc of its class. Loops over data, models and
 * losses may not live here.
 */
@NullMarked
package io.deltagraph.optimizers;

import org.jspecify.annotations.NullMarked;
