package io.deltagraph.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * A kernel whose long loops are cut short, until the compiler is done with it. What tells so is one
 * call that is repeated: it allocates nothing any more. As long as the compiler does not see
 * through them, vectors are objects.
 */
final class RehearsedKernel implements Kernel {
  /** The longest range: more would have the compiler see to the loops before the whole. */
  private static final int FEW = 2;

  /** How many calls go by for one that is looked at. */
  private static final int APART = 16;

  /** How many calls are made between two parts of the tasks. */
  private static final int REPEATS = 4;

  private final Kernel kernel;
  private final Progress progress;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private Object @Nullable [] arrays;
  private int[] offsets = new int[0];
  private int from;
  private int to;
  private boolean hasTurn;

  RehearsedKernel(Kernel kernel, Progress progress) {
    this.kernel = kernel;
    this.progress = progress;
  }

  /** Whether there is nothing more to do. */
  boolean isDone() {
    return progress.isDone();
  }

  /** Whether it is compiled as it should be, as far as it is used. */
  boolean isFine() {
    return !isUsed() || progress.isFine();
  }

  /** Whether a task has called it. */
  boolean isUsed() {
    return arrays != null;
  }

  /** Whether the compiler has been shown enough. */
  boolean waits() {
    return progress.hasEnough();
  }

  @Override
  public void run(Object[] arrays, int[] offsets, int from, int to) {
    if (this.arrays == null) {
      this.arrays = arrays;
      this.offsets = offsets.clone();
      this.from = from;
      this.to = Math.min(to, from + FEW);
    }
    if (isDone() || !(hasTurn || waits())) {
      return;
    }
    if (!waits()) {
      kernel.run(arrays, offsets, from, Math.min(to, from + FEW));
    }
    if (progress.call() % APART == 0) {
      look();
    }
  }

  /** Whether more calls are of use. */
  boolean isOpen() {
    return arrays != null && !isDone() && !waits();
  }

  /** Says whether it is called for now. */
  void setTurn(boolean turn) {
    hasTurn = turn;
  }

  /** Calls it some more. */
  void repeat() {
    for (int i = 0; i < REPEATS && arrays != null && hasTurn && isOpen(); i++) {
      run(arrays, offsets, from, to);
    }
  }

  /** Finds out whether it is compiled, unless it was never called. */
  void look() {
    if (arrays != null) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      kernel.run(arrays, offsets, from, to);
      progress.seen(threads.getCurrentThreadAllocatedBytes() == allocated);
    }
  }
}
