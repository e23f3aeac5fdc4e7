/**
 * Regressions, perceptrons and feed-forward nets, as functions that build graphs. Nothing here
 * knows a derivative: gradients come from the engine. Data, training loops and files live in other
 * packages.
 */
@NullMarked
package io.deltagraph.models.network;

import org.jspecify.annotations.NullMarked;
