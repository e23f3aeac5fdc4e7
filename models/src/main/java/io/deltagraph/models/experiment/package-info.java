/**
 * From a spec and a table to what a net can take: chosen columns, scaling, targets, the net's plan.
 * What is learnt from training rows here is kept with the model, so that later tables mean the
 * same. Training, checking and printing live in other packages.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.models.experiment;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
