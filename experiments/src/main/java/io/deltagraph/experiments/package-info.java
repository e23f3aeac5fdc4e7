/**
 * Specs brought together with their data: the experiment, its optimizer, its folds and its checks.
 * This is the one place that sees all of data, nets, training, checks and saved models. Nothing is
 * printed here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.experiments;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
