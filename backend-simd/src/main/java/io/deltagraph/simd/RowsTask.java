package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs several steps over the same rows, one block of rows after another: a block stays in the
 * cache from the first step to the last. A unit is a block.
 */
final class RowsTask implements Task {
  /** The most bytes of a block, unless one row has more. */
  private static final int BLOCK_BYTES = 128 * 1024;

  /** The most lanes of a vector; a fold of short rows takes a row for each lane. */
  private static final int MOST_LANES = 16;

  private final Task[][] blocks;

  /**
   * Prepares the task.
   *
   * @param blocks for each block, the tasks of all steps in their order
   */
  RowsTask(List<List<Task>> blocks) {
    this.blocks = blocks.stream().map(block -> block.toArray(Task[]::new)).toArray(Task[][]::new);
  }

  /**
   * The tasks of a step: one task that goes from block to block. If one block has all rows, or
   * vectors cannot compute one of the parts, these are the tasks of one part after the other; empty
   * if vectors cannot compute any of them.
   *
   * @param parts makes the tasks of a part
   */
  static Optional<List<Task>> of(
      Step.Rows step, Backend.Memory memory, Function<Step, Optional<List<Task>>> parts) {
    int rows = step.rows();
    int size = size(step, memory.workers());
    List<List<Task>> blocks = new ArrayList<>();
    for (int first = 0; first < rows && size < rows; first += size) {
      List<Task> block = new ArrayList<>();
      for (Step part : step.slice(first, Math.min(size, rows - first)).parts()) {
        Optional<List<Task>> tasks = parts.apply(part);
        if (tasks.isEmpty()) {
          return partByPart(step, memory, parts);
        }
        block.addAll(tasks.get());
      }
      blocks.add(block);
    }
    return blocks.isEmpty()
        ? partByPart(step, memory, parts)
        : Optional.of(ImmutableList.of(new RowsTask(blocks)));
  }

  private static Optional<List<Task>> partByPart(
      Step.Rows step, Backend.Memory memory, Function<Step, Optional<List<Task>>> parts) {
    ImmutableList.Builder<Task> all = ImmutableList.builder();
    boolean plain = true;
    for (Step part : step.parts()) {
      Optional<List<Task>> own = parts.apply(part);
      plain &= own.isEmpty();
      all.addAll(own.or(() -> Backend.reference().tasks(part, memory)).orElseThrow());
    }
    return plain ? Optional.empty() : Optional.of(all.build());
  }

  /** The number of rows of a block: a multiple of {@link #MOST_LANES} if it has more than these. */
  static int size(Step.Rows step, int workers) {
    int rows = step.rows();
    long bytes = 0;
    Set<Integer> slots = new HashSet<>();
    for (Operand operand : Iterables.concat(step.inputs(), step.outputs())) {
      if (slots.add(operand.slot())) {
        bytes += (long) operand.elements() * operand.type().dtype().bytes();
      }
    }
    long blocks = Math.max(Math.ceilDiv(bytes, BLOCK_BYTES), Math.min(workers, rows / MOST_LANES));
    int size = Math.max(1, (int) Math.ceilDiv(rows, Math.max(1, blocks)));
    return size <= MOST_LANES ? size : Math.ceilDiv(size, MOST_LANES) * MOST_LANES;
  }

  @Override
  public int units() {
    return blocks.length;
  }

  @Override
  public long cost() {
    return Arrays.stream(blocks).flatMap(Arrays::stream).mapToLong(Task::cost).sum();
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int block = from; block < to; block++) {
      for (Task task : blocks[block]) {
        task.run(0, task.units(), worker);
      }
    }
  }
}
