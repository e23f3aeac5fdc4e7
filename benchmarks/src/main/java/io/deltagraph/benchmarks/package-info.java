/**
 * JMH benchmarks of kernels, of whole training steps and of handing tasks to helpers, and how cost
 * grows with sizes. Started by hand; nothing here is part of a release or judged by a test.
 * Workloads and their figures live in the command line's package {@code bench}.
 */
@NullMarked
package io.deltagraph.benchmarks;

import org.jspecify.annotations.NullMarked;
