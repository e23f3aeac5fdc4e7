package io.deltagraph.backend;

import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;

/** A copy into row-major order; a unit is one element. */
public record CopyTask(TensorBuffer source, Strided layout, TensorBuffer target, int units)
    implements Task {

  /** The copy that a step asks for. */
  public static CopyTask of(Step.Copy step, Backend.Memory memory) {
    return new CopyTask(
        memory.of(step.input()),
        Strided.of(step.input()),
        memory.of(step.output()),
        step.output().elements());
  }

  @Override
  public long cost() {
    return units;
  }

  @Override
  public void run(int from, int to, int worker) {
    layout.copy(source, 0, from, to - from, target, from);
  }
}
