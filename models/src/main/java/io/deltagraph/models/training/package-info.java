/**
 * The loop over epochs and batches that runs a net's whole step, and what it reports on the way. A
 * step is one graph: forward, backward and the optimizer's update. Reading data, printing and files
 * live in other packages.
 */
@NullMarked
package io.deltagraph.models.training;

import org.jspecify.annotations.NullMarked;
