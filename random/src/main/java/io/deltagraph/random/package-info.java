/**
 * Seeds, and streams of numbers that depend on a seed, names and a position alone. What is drawn
 * for one purpose never shifts what another gets. Nothing else of this project may be known here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.random;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
