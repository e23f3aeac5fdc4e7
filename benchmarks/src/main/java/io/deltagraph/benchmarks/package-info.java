/**
 * JMH benchmarks of kernels and of whole training steps, and how cost grows with sizes. Started by
 * hand; nothing here is part of a release or judged by a test. Workloads and their figures live in
 * the command line's package {@code bench}.
 */
@NullMarked
package io.deltagraph.benchmarks;

import org.jspecify.annotations.NullMarked;
