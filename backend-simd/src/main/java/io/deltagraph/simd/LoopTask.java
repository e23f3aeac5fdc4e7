package io.deltagraph.simd;

import io.deltagraph.backend.Task;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Runs the kernel of a pointwise loop; its units are the kernel's. */
final class LoopTask implements Task {
  private final LoopKernel loop;
  private final GeneratedKernel kernel;
  private final Object[] arrays;
  private final int[] offsets;
  private final int width;

  LoopTask(Step.Loop step, LoopKernel loop, TaskContext context) {
    this.loop = loop;
    this.kernel = context.kernels().get(loop);
    List<Operand> operands = new ArrayList<>(step.inputs());
    operands.addAll(step.outputs());
    arrays = operands.stream().map(operand -> context.memory().of(operand).array()).toArray();
    offsets = operands.stream().mapToInt(operand -> operand.layout().offset()).toArray();
    width = VectorCode.lanes(loop.dtype());
  }

  @Override
  public int units() {
    return loop.isFlat() ? Math.ceilDiv(loop.columns(), width) : loop.rows();
  }

  @Override
  public long cost() {
    long vectors = (long) loop.rows() * Math.ceilDiv(loop.columns(), width);
    return vectors * (arrays.length + loop.program().code().size()) / 4;
  }

  @Override
  public void run(int from, int to, int worker) {
    kernel.run(arrays, offsets, from, to);
  }
}
