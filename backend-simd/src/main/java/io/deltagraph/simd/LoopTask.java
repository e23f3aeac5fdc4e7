package io.deltagraph.simd;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** A pointwise loop; a unit is a vector of a flat loop, else a row. */
final class LoopTask implements Task {
  private final Loop loop;
  private final Kernel kernel;
  private final Object[] arrays;
  private final int[] offsets;
  private final int width;

  LoopTask(Step.Loop step, Loop loop, Kernel kernel, Backend.Memory memory) {
    this.loop = loop;
    this.kernel = kernel;
    List<Operand> operands = new ArrayList<>(step.inputs());
    operands.addAll(step.outputs());
    arrays = operands.stream().map(operand -> memory.of(operand).array()).toArray();
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
