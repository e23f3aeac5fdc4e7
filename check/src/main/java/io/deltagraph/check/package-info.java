/**
 * Finite differences, and the verdict on gradients that were worked out in several ways. Everything
 * here compares numbers that others computed, and says pass, fail or inconclusive; the causes of
 * wrong gradients and formulas stand here for all who name them. Nothing here may compute a
 * gradient from a backward rule.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.check;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
