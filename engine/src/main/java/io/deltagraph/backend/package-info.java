/**
 * The contract between plans and whatever does their work: a backend turns steps into tasks over
 * the memory of a plan. Heap arrays are known here, in {@code tensor} and in the backends
 * themselves, and nowhere else. Nothing here runs a task, or decides when one is run: that is the
 * runtime's matter.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.backend;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
