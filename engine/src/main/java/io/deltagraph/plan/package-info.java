/**
 * Plans: what to do with which memory, in which order, for one size of every dimension. Everything
 * that is decided once per plan is decided here: expansion, layouts, buffers, orders of summation.
 * Nothing here computes a number or holds an array of them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.plan;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
