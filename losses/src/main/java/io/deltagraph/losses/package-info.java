/**
 * Losses and penalties, each stating its reduction, mostly composites of other ops. Those from
 * logits are the stable fused forms. Models, data and training may not live here.
 */
@NullMarked
package io.deltagraph.losses;

import org.jspecify.annotations.NullMarked;
