/**
 * The proof beside a net: its gradients by autodiff, by the delta formulas and by central
 * differences. This is the one place that knows both the engine and the closed-form side. It
 * computes no gradient itself, and says of every number which road it came by.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.crosscheck;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
