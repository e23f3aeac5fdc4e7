/**
 * From a spec and a table to what a net can take: chosen columns, scaling, targets, the net's plan.
 * What is learnt from training rows here is kept with the model, so that later tables mean the
 * same. Training, checking and printing live in other packages.
 */
@NullMarked
package io.deltagraph.models.experiment;

import org.jspecify.annotations.NullMarked;
