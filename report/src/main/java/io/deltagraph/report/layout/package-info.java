/**
 * Where the nodes of a drawn graph lie: ranks, few crossings, coordinates. It knows nodes by number
 * and size alone, and gives numbers alone. Neither graphs of ops nor drawings live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.report.layout;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
