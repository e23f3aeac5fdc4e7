package io.deltagraph.simd;

import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;

/**
 * The kernel that combines the totals of the blocks of each result in the order of {@link
 * SummationTree}, and finishes them. Its arrays are one for each number of the tuple, which hold
 * the totals of all results for the first block, then for the second one, and so on; and the
 * outputs. The totals are overwritten. Each lane is a result, and its unit is a vector of results.
 *
 * @param programs what is folded
 * @param results the number of results
 * @param count the number of elements of each
 * @param blocks the number of blocks of each
 */
record FoldTotalsKernel(FoldPrograms programs, int results, int count, int blocks)
    implements KernelDescription {

  /** The float type of all numbers. */
  DType dtype() {
    return programs.element();
  }

  @Override
  public void write(CodeBuilder builder) {
    new FoldTotalsCode(this, new VectorCode(builder, dtype())).write();
  }
}
