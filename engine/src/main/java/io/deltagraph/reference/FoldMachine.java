package io.deltagraph.reference;

import io.deltagraph.backend.Elements;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram.Instruction;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes in and combines whole rows of tuples, one tuple per lane: {@code tuple[t][lane]}. Used by
 * one thread at a time.
 */
final class FoldMachine {
  private final int width;
  private final LaneMachine element;
  private final LaneMachine step;
  private final LaneMachine combine;
  private final LaneMachine finish;
  private final FoldShape shape;

  /** The type of the sums if a step does nothing but add its element. */
  private final @Nullable DType sums;

  private final double[][] spare;
  private final double[][][] totals;
  private int blocks;

  FoldMachine(FoldShape shape, int lanes) {
    this.shape = shape;
    FoldPrograms programs = shape.step().programs();
    width = programs.width();
    sums = sums(programs.step().code());
    int most = sums == null ? lanes : LaneMachine.BLOCK;
    element = new LaneMachine(shape.step().element(), most);
    step = new LaneMachine(programs.step(), most);
    element.output(0, step.input(width));
    combine = new LaneMachine(programs.combine(), lanes);
    finish = new LaneMachine(programs.finish(), lanes);
    Arrays.fill(finish.input(width), shape.count());
    spare = new double[width][lanes];
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(shape.blocks()) + 1;
    totals = new double[levels][width][lanes];
  }

  private static @Nullable DType sums(List<Instruction> code) {
    Instruction only = code.getFirst();
    boolean adds = code.size() == 1 && only.op() == LaneOp.ADD && only.dtype().isFloat();
    return adds && only.arguments().equals(List.of(0, 1)) ? only.dtype() : null;
  }

  /** Whether many elements of one block can be taken at once. */
  boolean adds() {
    return sums != null;
  }

  /**
   * Takes so many elements that follow each other, at most {@link LaneMachine#BLOCK}, into the
   * accumulators of a block, which are in turn from {@code at} on.
   */
  void add(double[] accumulators, int at, int count) {
    element.run(count);
    if (sums == DType.F32) {
      LaneLoops.addRowsOfFloats(step.input(1), accumulators, at, shape.width(), count);
    } else {
      LaneLoops.addRows(step.input(1), accumulators, at, shape.width(), count);
    }
  }

  /** Where the elements of an input are put before {@link #take}. */
  double[] input(int index) {
    return element.input(index);
  }

  /** Where the elements' indices are put before {@link #take}. */
  double[] indices() {
    return step.input(width + 1);
  }

  /** Takes an element into each of the first {@code active} of {@code lanes} accumulators. */
  void take(double[][] accumulators, int active, int lanes) {
    for (int t = 0; t < width; t++) {
      step.input(t, accumulators[t]);
      step.output(t, spare[t]);
    }
    element.run(active);
    step.run(active);
    for (int t = 0; t < width; t++) {
      if (active < lanes) {
        System.arraycopy(accumulators[t], active, spare[t], active, lanes - active);
      }
      swapSpare(accumulators, t);
    }
  }

  /** {@code left = combine(left, right)} in the first {@code lanes} lanes. */
  void combine(double[][] left, double[][] right, int lanes) {
    for (int t = 0; t < width; t++) {
      combine.input(t, left[t]);
      combine.input(width + t, right[t]);
      combine.output(t, spare[t]);
    }
    combine.run(lanes);
    for (int t = 0; t < width; t++) {
      swapSpare(left, t);
    }
  }

  private void swapSpare(double[][] tuple, int t) {
    double[] result = spare[t];
    spare[t] = tuple[t];
    tuple[t] = result;
  }

  /** Starts a new row of totals. */
  void clear() {
    blocks = 0;
  }

  /**
   * Adds the totals of the next block of every lane. Totals of 1, 2, 4, … blocks wait, one of each
   * size at most, as the bits of the number of blocks say: this is the tree of {@link
   * SummationTree}. What {@code total} holds afterwards is undefined.
   */
  void add(double[][] total, int lanes) {
    int level = 0;
    while ((blocks >> level & 1) == 1) {
      combine(totals[level], total, lanes);
      swap(totals[level], total);
      level++;
    }
    swap(totals[level], total);
    blocks++;
  }

  private void swap(double[][] left, double[][] right) {
    for (int t = 0; t < width; t++) {
      double[] moved = left[t];
      left[t] = right[t];
      right[t] = moved;
    }
  }

  /** Stores the results of all blocks added; {@code identity} is overwritten. */
  void finish(double[][] identity, int lanes, int at) {
    double[][] total = identity;
    boolean empty = true;
    for (int level = 0; level < totals.length; level++) {
      if ((blocks >> level & 1) == 1) {
        if (!empty) {
          combine(totals[level], total, lanes);
        }
        total = totals[level];
        empty = false;
      }
    }
    for (int t = 0; t < width; t++) {
      finish.input(t, total[t]);
    }
    finish.run(lanes);
    for (int i = 0; i < shape.targets().size(); i++) {
      int place = shape.step().outputs().get(i).layout().offset() + at;
      Elements.store(finish.output(i), shape.targets().get(i), place, lanes);
    }
  }
}
