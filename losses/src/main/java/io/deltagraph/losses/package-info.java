/**
 * Losses and penalties, each stating its reduction, mostly composites of other ops. Those from
 * logits are the stable fused forms. Models, data and training may not live here.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.losses;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
