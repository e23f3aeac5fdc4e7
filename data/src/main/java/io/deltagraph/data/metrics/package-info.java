/**
 * Scores of predictions against the truth, as values. A score that is not defined says why instead
 * of becoming NaN. Nothing here may know how the predictions were made, or lay scores out as text.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.data.metrics;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
