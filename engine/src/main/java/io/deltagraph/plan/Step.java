package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;

/**
 * One piece of work of a plan. A step reads its inputs and fills all of its output, which is dense
 * and shares no buffer with its inputs.
 */
public sealed interface Step {

  /** The value that the step computes. */
  Value node();

  /** What it reads. */
  ImmutableList<Operand> inputs();

  /** What it fills. */
  Operand output();

  /** A pointwise loop; the inputs are laid out in the shape of the output. */
  record Loop(Apply node, LaneProgram program, ImmutableList<Operand> inputs, Operand output)
      implements Step {}

  /** A reduction over {@code axes} of its input in the order of {@link SummationTree}. */
  record Fold(
      Apply node, FoldPrograms programs, ImmutableIntArray axes, Operand input, Operand output)
      implements Step {
    @Override
    public ImmutableList<Operand> inputs() {
      return ImmutableList.of(input);
    }
  }

  /**
   * A sum of products. Each element of the output starts at 0 and takes its terms by fused
   * multiply-add in ascending order of the summed subscripts; those of the left input come first in
   * their order there, then those of the right alone, and the last one runs fastest.
   */
  record Product(Apply node, Subscripts subscripts, Operand left, Operand right, Operand output)
      implements Step {
    @Override
    public ImmutableList<Operand> inputs() {
      return ImmutableList.of(left, right);
    }
  }

  /** The same elements in another layout, bit for bit. */
  record Copy(Value node, Operand input, Operand output) implements Step {
    @Override
    public ImmutableList<Operand> inputs() {
      return ImmutableList.of(input);
    }
  }

  /** A kernel's loops; the inputs are dense. */
  record Call(Apply node, Kernel<Record> kernel, ImmutableList<Operand> inputs, Operand output)
      implements Step {}
}
