/**
 * The backend in plain loops, which says what every backend has to compute, bit for bit. It is
 * found as a service, like any other. Plans, sessions and threads belong to the runtime.
 */
@NullMarked
package io.deltagraph.reference;

import org.jspecify.annotations.NullMarked;
