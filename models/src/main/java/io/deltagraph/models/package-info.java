/**
 * Regressions, perceptrons and feed-forward nets, as functions that build graphs. Nothing here
 * knows a derivative: gradients come from the engine. Tables, optimizers, training loops and files
 * may not live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.models;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
