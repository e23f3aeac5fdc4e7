/**
 * Seven training steps that are timed, with weights and batches that any engine can make again, and
 * what measures them. Nothing here prints or reads the command line. A measurement says how it was
 * taken; no test depends on one.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.workloads;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
