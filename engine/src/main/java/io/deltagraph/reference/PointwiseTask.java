package io.deltagraph.reference;

import io.deltagraph.plan.Step;
import io.deltagraph.runtime.Backend;
import io.deltagraph.runtime.Elements;
import io.deltagraph.runtime.Strided;
import io.deltagraph.runtime.Task;
import io.deltagraph.tensor.Buffer;

/** A pointwise loop; a unit is one element. */
final class PointwiseTask implements Task {
  private final Buffer[] sources;
  private final Strided[] layouts;
  private final Buffer target;
  private final LaneMachine[] machines;
  private final int units;
  private final long cost;

  PointwiseTask(Step.Loop step, Backend.Memory memory) {
    int inputs = step.inputs().size();
    sources = new Buffer[inputs];
    layouts = new Strided[inputs];
    for (int i = 0; i < inputs; i++) {
      sources[i] = memory.of(step.inputs().get(i));
      layouts[i] = Strided.of(step.inputs().get(i));
    }
    target = memory.of(step.output());
    units = step.output().elements();
    machines = new LaneMachine[memory.workers()];
    for (int i = 0; i < machines.length; i++) {
      machines[i] = new LaneMachine(step.program(), Math.min(units, LaneMachine.BLOCK));
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
    LaneMachine machine = machines[worker];
    for (int start = from; start < to; start += LaneMachine.BLOCK) {
      int count = Math.min(LaneMachine.BLOCK, to - start);
      for (int i = 0; i < sources.length; i++) {
        layouts[i].load(sources[i], 0, start, count, machine.input(i), 0);
      }
      machine.run(count);
      Elements.store(machine.output(0), target, start, count);
    }
  }
}
