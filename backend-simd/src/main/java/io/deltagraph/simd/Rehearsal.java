package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.runtime.Task;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Runs tasks on kernels that cut their loops short: the compiler counts calls and repetitions, and
 * does not care how much they do. The last unit comes up after every part, so that the ragged end
 * is seen before all is compiled, and kernels that come up rarely are called in between.
 */
final class Rehearsal implements BooleanSupplier {
  /** How long a call takes about, in nanoseconds, and how long if the compiler has seen enough. */
  private static final long TURN = 500_000;

  private static final long LOOK = 50_000;

  /**
   * How many kernels have a turn: if many wait for the compiler, the quick one makes code that does
   * not count, and may never be compiled again.
   */
  private static final int TOGETHER = 4;

  /** About how long a part takes. */
  private static final long PART = 50_000;

  private final Task[] tasks;
  private final Kernels kernels;
  private final int[] next;
  private final int[] size;
  private final boolean[] whole;

  Rehearsal(ImmutableList<Task> tasks, Kernels kernels) {
    this.tasks = tasks.toArray(new Task[0]);
    this.kernels = kernels;
    next = new int[this.tasks.length];
    size = new int[this.tasks.length];
    Arrays.fill(size, 1);
    whole = new boolean[this.tasks.length];
  }

  @Override
  public boolean getAsBoolean() {
    if (isDone()) {
      kernels.rehearsed().forEach(RehearsedKernel::look);
      return kernels.rehearsed().allMatch(RehearsedKernel::isFine);
    }
    long start = System.nanoTime();
    do {
      for (int task = 0; task < tasks.length; task++) {
        part(task);
      }
      takeTurns();
      if (isDone()) {
        return true;
      }
    } while (System.nanoTime() < start + (waits() ? LOOK : TURN));
    return false;
  }

  /** A few kernels at a time. */
  private void takeTurns() {
    int turns = TOGETHER;
    for (RehearsedKernel kernel : kernels.rehearsed().toList()) {
      kernel.setTurn(turns > 0 && kernel.isOpen());
      turns -= kernel.isOpen() ? 1 : 0;
      kernel.repeat();
    }
  }

  /** Whether all units came up, and every kernel that they use is done. */
  private boolean isDone() {
    for (boolean all : whole) {
      if (!all) {
        return false;
      }
    }
    return kernels.rehearsed().allMatch(kernel -> kernel.isDone() || !kernel.isUsed());
  }

  private boolean waits() {
    return kernels.rehearsed().allMatch(kernel -> kernel.isDone() || kernel.waits());
  }

  private void part(int task) {
    int units = tasks[task].units();
    int from = next[task];
    int to = Math.min(from + size[task], units);
    long start = System.nanoTime();
    tasks[task].run(from, to, 0);
    tasks[task].run(units - 1, units, 0);
    long took = System.nanoTime() - start;
    whole[task] |= to == units;
    next[task] = to == units ? 0 : to;
    if (took < PART / 2) {
      size[task] = Math.min(2 * size[task], units);
    } else if (took > 2 * PART) {
      size[task] = Math.max(1, size[task] / 2);
    }
  }
}
