/**
 * Running plans: sessions, one-off evaluation, threads, and the contract of backends with what they
 * share. Whatever a step computes, every backend gives the bits that the plain loops give. Nothing
 * here decides what is computed: that is the plan's matter.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.runtime;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
