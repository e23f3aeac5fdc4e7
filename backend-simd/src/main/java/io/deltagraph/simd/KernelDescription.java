package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;

/**
 * What a generated kernel computes, with all sizes and strides, which become constants of its code.
 * Equal descriptions share one generated class.
 */
sealed interface KernelDescription
    permits FoldKernel,
        FoldTotalsKernel,
        LoopKernel,
        PackCopyKernel,
        PackTransposeKernel,
        TileKernel {

  /** Writes the body of {@link GeneratedKernel#run}. */
  void write(CodeBuilder builder);
}
