package io.deltagraph.reference;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.SummationTree;
import java.util.Arrays;
import java.util.List;

/**
 * A fold of few results with many elements: a lane is an accumulator of a block. A unit is a row of
 * blocks of one result, whose totals {@link Finish} combines.
 */
final class FoldAlongTask implements Task {
  private final FoldShape shape;
  private final FoldMachine[] machines;
  private final double[][][] accumulators;
  private final double[][][] halves;
  private final double[][] totals;
  private final int rowBlocks;
  private final int rows;

  private FoldAlongTask(FoldShape shape, int workers) {
    this.shape = shape;
    rowBlocks = Math.min(LaneMachine.BLOCK / shape.width(), Math.max(shape.blocks(), 1));
    int lanes = rowBlocks * shape.width();
    machines = new FoldMachine[workers];
    Arrays.setAll(machines, i -> new FoldMachine(shape, lanes));
    accumulators = new double[workers][shape.tuple()][lanes];
    halves = new double[workers][shape.tuple()][lanes];
    totals = new double[shape.tuple()][Math.multiplyExact(shape.outputs(), shape.blocks())];
    rows = (shape.blocks() + rowBlocks - 1) / rowBlocks;
  }

  static List<Task> of(FoldShape shape, int workers) {
    FoldAlongTask along = new FoldAlongTask(shape, workers);
    return ImmutableList.of(along, along.new Finish());
  }

  /** The number of lanes that this way of folding fills. */
  static int lanes(FoldShape shape) {
    return shape.blocks() > 1
        ? Math.min(LaneMachine.BLOCK, shape.blocks() * shape.width())
        : Math.min(shape.count(), shape.width());
  }

  @Override
  public int units() {
    return shape.outputs() * rows;
  }

  @Override
  public long cost() {
    return shape.cost();
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int unit = from; unit < to; unit++) {
      fold(unit / rows, unit % rows * rowBlocks, worker);
    }
  }

  private void fold(int output, int firstBlock, int worker) {
    FoldMachine machine = machines[worker];
    double[][] accumulator = accumulators[worker];
    double[][] right = halves[worker];
    int blocks = Math.min(rowBlocks, shape.blocks() - firstBlock);
    int lanes = blocks * shape.width();
    for (int t = 0; t < shape.tuple(); t++) {
      Arrays.fill(accumulator[t], 0, lanes, shape.identity().get(t));
    }
    if (machine.adds()) {
      add(output, firstBlock, blocks, machine, accumulator[0]);
    } else {
      take(output, firstBlock, blocks, machine, accumulator);
    }
    for (int half = shape.width() / 2; half > 0; half /= 2) {
      split(accumulator, right, blocks, half);
      machine.combine(accumulator, right, blocks * half);
    }
    for (int t = 0; t < shape.tuple(); t++) {
      int at = output * shape.blocks() + firstBlock;
      System.arraycopy(accumulator[t], 0, totals[t], at, blocks);
    }
  }

  /** Block by block, as many elements at once as a machine takes. */
  private void add(
      int output, int firstBlock, int blocks, FoldMachine machine, double[] accumulators) {
    for (int b = 0; b < blocks; b++) {
      long start = (long) (firstBlock + b) * SummationTree.BLOCK;
      long end = Math.min(shape.count(), start + SummationTree.BLOCK);
      while (start < end) {
        int run = Math.toIntExact(Math.min(LaneMachine.BLOCK, end - start));
        load(output, start, run, machine, 0);
        machine.add(accumulators, b * shape.width(), run);
        start += run;
      }
    }
  }

  /** All blocks together, an element for each accumulator at once. */
  private void take(
      int output, int firstBlock, int blocks, FoldMachine machine, double[][] accumulator) {
    for (int step = 0; step < SummationTree.BLOCK; step += shape.width()) {
      // Only the last block may be short, so that the lanes which get an element come first.
      int active = 0;
      for (int b = 0; b < blocks; b++) {
        long start = (long) (firstBlock + b) * SummationTree.BLOCK + step;
        int run = Math.clamp(shape.count() - start, 0, shape.width());
        if (run > 0) {
          load(output, start, run, machine, active);
          active += run;
        }
      }
      if (active == 0) {
        return;
      }
      machine.take(accumulator, active, blocks * shape.width());
    }
  }

  private void load(int output, long start, int run, FoldMachine machine, int at) {
    for (int i = 0; i < shape.sources().size(); i++) {
      FoldShape.Source source = shape.sources().get(i);
      int base = source.kept().at(output);
      source.folded().load(source.buffer(), base, (int) start, run, machine.input(i), at);
    }
    if (shape.usesIndex()) {
      for (int j = 0; j < run; j++) {
        machine.indices()[at + j] = start + j;
      }
    }
  }

  /** Rows of twice {@code half} accumulators become two arrays with rows of {@code half}. */
  private static void split(double[][] left, double[][] right, int blocks, int half) {
    for (int t = 0; t < left.length; t++) {
      for (int b = 0; b < blocks; b++) {
        System.arraycopy(left[t], (2 * b + 1) * half, right[t], b * half, half);
        System.arraycopy(left[t], 2 * b * half, left[t], b * half, half);
      }
    }
  }

  /** Combines the totals of the blocks of each result; a unit is a result. */
  private final class Finish implements Task {
    @Override
    public int units() {
      return shape.outputs();
    }

    @Override
    public long cost() {
      return 0;
    }

    @Override
    public void run(int from, int to, int worker) {
      FoldMachine machine = machines[worker];
      double[][] total = accumulators[worker];
      for (int output = from; output < to; output++) {
        machine.clear();
        for (int b = 0; b < shape.blocks(); b++) {
          for (int t = 0; t < shape.tuple(); t++) {
            total[t][0] = totals[t][output * shape.blocks() + b];
          }
          machine.add(total, 1);
        }
        for (int t = 0; t < shape.tuple(); t++) {
          total[t][0] = shape.identity().get(t);
        }
        machine.finish(total, 1, output);
      }
    }
  }
}
