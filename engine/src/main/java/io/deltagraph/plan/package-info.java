/**
 * Plans: what to do with which memory, in which order, for one size of every dimension. Everything
 * that is decided once per plan is decided here: expansion, layouts, buffers, orders of summation.
 * Nothing here computes a number or holds an array of them.
 */
@NullMarked
package io.deltagraph.plan;

import org.jspecify.annotations.NullMarked;
