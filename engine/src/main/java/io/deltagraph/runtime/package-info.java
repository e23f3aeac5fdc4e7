/**
 * Running plans: sessions, one-off evaluation, the threads that share the work, and the search for
 * the first number that is not finite. Whatever backend and however many threads, the bits are the
 * same. Nothing here decides what is computed, which is the plan's matter, or touches an array of
 * numbers, which is the backend's.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.runtime;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
