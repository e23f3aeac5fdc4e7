/**
 * What to train on what and how, as immutable records, and their JSON. Shapes and bounds are
 * checked here; which losses, activations and optimizers exist is not known here. Nothing here may
 * build a graph or train; plans of nets are as far as it goes.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.experiments.spec;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
