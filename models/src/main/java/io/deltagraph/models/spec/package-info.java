/**
 * What to train on what and how, as immutable records, and their JSON. Shapes and bounds are
 * checked here; which losses, activations, initialisers and optimizers exist is not known here.
 * Nothing here may build a graph or train.
 */
@NullMarked
package io.deltagraph.models.spec;

import org.jspecify.annotations.NullMarked;
