/**
 * Regressions, perceptrons and feed-forward nets, as functions that build graphs. Nothing here
 * knows a derivative: gradients come from the engine. Data, training loops and files live in other
 * packages.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.models.network;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
