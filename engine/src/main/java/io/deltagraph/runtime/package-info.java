/**
 * Running plans: sessions, one-off evaluation, threads, the contract of backends and the reference
 * backend in plain loops. Whatever a step computes, every backend gives the bits that the reference
 * gives. Nothing here decides what is computed: that is the plan's matter.
 */
@NullMarked
package io.deltagraph.runtime;

import org.jspecify.annotations.NullMarked;
