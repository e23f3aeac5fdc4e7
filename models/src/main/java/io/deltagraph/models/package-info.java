/**
 * Models as functions that build graphs: regression in its forms, perceptrons and multilayer
 * perceptrons. They know shapes and names of parameters, never a derivative. Ops, losses and the
 * command line may not live here.
 */
@NullMarked
package io.deltagraph.models;

import org.jspecify.annotations.NullMarked;
