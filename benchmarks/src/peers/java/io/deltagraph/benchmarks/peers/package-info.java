/**
 * The seven workloads in other engines, from the same weights and batches. Compiled only under the
 * Maven profile {@code peers}, since their natives are large. Figures of two engines are compared
 * only when both were taken in one run on one machine, and only where their losses agree.
 */
@NullMarked
package io.deltagraph.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
