/**
 * Models: any graph with inputs, a loss and first values of its parameters, put together layer by
 * layer; regressions, perceptrons and feed-forward nets from their plans. Nothing here knows a
 * derivative: gradients come from the engine. Tables, optimizers, training loops and files may not
 * live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.models;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
