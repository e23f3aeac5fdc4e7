package io.deltagraph.reference;

import io.deltagraph.backend.Task;
import io.deltagraph.plan.SummationTree;
import java.util.Arrays;

/** A fold of many results side by side: a lane is a result, and a unit as well. */
final class FoldAcrossTask implements Task {
  private final FoldShape shape;
  private final FoldMachine[] machines;
  private final double[][][][] accumulators;

  FoldAcrossTask(FoldShape shape, int workers) {
    this.shape = shape;
    int lanes = Math.min(shape.outputs(), LaneMachine.BLOCK);
    machines = new FoldMachine[workers];
    Arrays.setAll(machines, i -> new FoldMachine(shape, lanes));
    accumulators = new double[workers][shape.width()][shape.tuple()][lanes];
  }

  @Override
  public int units() {
    return shape.outputs();
  }

  @Override
  public long cost() {
    return shape.cost();
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int start = from; start < to; start += LaneMachine.BLOCK) {
      int lanes = Math.min(LaneMachine.BLOCK, to - start);
      fold(start, lanes, machines[worker], accumulators[worker]);
    }
  }

  private void fold(int start, int lanes, FoldMachine machine, double[][][] accumulator) {
    machine.clear();
    for (int first = 0; first < shape.count(); first += SummationTree.BLOCK) {
      for (double[][] tuple : accumulator) {
        reset(tuple, lanes);
      }
      int end = first + Math.min(SummationTree.BLOCK, shape.count() - first);
      for (int k = first; k < end; k++) {
        for (int i = 0; i < shape.sources().size(); i++) {
          FoldShape.Source source = shape.sources().get(i);
          int base = source.folded().at(k);
          source.kept().load(source.buffer(), base, start, lanes, machine.input(i), 0);
        }
        if (shape.usesIndex()) {
          Arrays.fill(machine.indices(), 0, lanes, k);
        }
        machine.take(accumulator[(k - first) % shape.width()], lanes, lanes);
      }
      for (int half = shape.width() / 2; half > 0; half /= 2) {
        for (int j = 0; j < half; j++) {
          machine.combine(accumulator[j], accumulator[j + half], lanes);
        }
      }
      machine.add(accumulator[0], lanes);
      if (shape.count() - first <= SummationTree.BLOCK) {
        break;
      }
    }
    reset(accumulator[0], lanes);
    machine.finish(accumulator[0], lanes, start);
  }

  private void reset(double[][] tuple, int lanes) {
    for (int t = 0; t < tuple.length; t++) {
      Arrays.fill(tuple[t], 0, lanes, shape.identity().get(t));
    }
  }
}
