/**
 * The language of derivations: equations as trees, a reader and a writer that undo each other. What
 * a name stands for is not known here, only how it is spelled. Nothing here computes a value or
 * looks at a graph.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.derivations.language;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
