package io.deltagraph.reference;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Strided;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.List;

/** A pointwise loop; a unit is one element. */
final class PointwiseTask implements Task {
  private final TensorBuffer[] sources;
  private final Strided[] layouts;
  private final TensorBuffer[] targets;
  private final int[] offsets;
  private final ElementMachine[] machines;
  private final int units;
  private final long cost;

  PointwiseTask(Step.Loop step, Backend.Memory memory) {
    int inputs = step.inputs().size();
    sources = new TensorBuffer[inputs];
    layouts = new Strided[inputs];
    for (int i = 0; i < inputs; i++) {
      sources[i] = memory.of(step.inputs().get(i));
      layouts[i] = Strided.of(step.inputs().get(i));
    }
    targets = new TensorBuffer[step.outputs().size()];
    offsets = new int[targets.length];
    for (int i = 0; i < targets.length; i++) {
      Operand output = step.outputs().get(i);
      targets[i] = memory.of(output);
      offsets[i] = output.layout().offset();
    }
    units = step.outputs().get(0).elements();
    List<DType> dtypes = step.inputs().stream().map(input -> input.type().dtype()).toList();
    machines = new ElementMachine[memory.workers()];
    for (int i = 0; i < machines.length; i++) {
      machines[i] = ElementMachine.of(step.program(), dtypes, Math.min(units, LaneMachine.BLOCK));
    }
    cost = (long) units * (inputs + 2L * step.program().code().size());
  }

  @Override
  public int units() {
    return units;
  }

  @Override
  public long cost() {
    return cost;
  }

  @Override
  public void run(int from, int to, int worker) {
    ElementMachine machine = machines[worker];
    for (int start = from; start < to; start += LaneMachine.BLOCK) {
      int count = Math.min(LaneMachine.BLOCK, to - start);
      for (int i = 0; i < sources.length; i++) {
        machine.load(i, layouts[i], sources[i], 0, start, count, 0);
      }
      machine.run(count);
      for (int i = 0; i < targets.length; i++) {
        machine.store(i, targets[i], offsets[i] + start, count);
      }
    }
  }
}
