package io.deltagraph.simd;

import io.deltagraph.backend.Backend;

/**
 * What tasks are made with.
 *
 * @param kernels the kernels that they run
 * @param memory the buffers of their plan
 */
record TaskContext(GeneratedKernels kernels, Backend.Memory memory) {}
