package io.deltagraph.tiering;

import io.deltagraph.backend.Task;
import java.util.Arrays;
import java.util.List;

/**
 * Tasks that are run part by part, round and round, so that every unit comes up: the ragged ends
 * must be compiled too before they are relied upon. Parts grow as the tasks get faster.
 */
final class WarmerSample {
  /** This many times slower than before is not what a busy machine does, three times in a row. */
  static final int SLOW = 4;

  /** Nanoseconds that do not matter. */
  private static final double NOISE = 500;

  /** Units that take longer are not run for a look alone, in nanoseconds. */
  private static final double LONGEST = 200_000;

  /** How often a part that took too long is run. */
  private static final int ATTEMPTS = 3;

  private final Task[] tasks;
  private final long length;
  private final int[] next;
  private final int[] size;
  private final int[] rounds;
  private final double[] best;

  /**
   * A sample of tasks.
   *
   * @param length about how long a part of a task is to take, in nanoseconds
   */
  WarmerSample(List<Task> tasks, long length) {
    this.tasks = tasks.stream().filter(task -> task.units() > 0).toArray(Task[]::new);
    this.length = length;
    next = new int[this.tasks.length];
    size = new int[this.tasks.length];
    Arrays.fill(size, 1);
    rounds = new int[this.tasks.length];
    best = new double[2 * this.tasks.length];
    Arrays.fill(best, Double.MAX_VALUE);
  }

  /**
   * How many times slower than ever before the first or the last unit of a task is, at most; tiny
   * times count little. What is slow is run a few times, and the shortest counts.
   */
  double slowdown() {
    double most = 1;
    for (int i = 0; i < best.length; i++) {
      int from = i % 2 == 0 ? 0 : tasks[i / 2].units() - 1;
      if (best[i] < LONGEST || best[i] == Double.MAX_VALUE) {
        double took = time(i / 2, from, from + 1, SLOW * best[i] + NOISE);
        most = Math.max(most, took / (best[i] + NOISE));
        best[i] = Math.min(best[i], took);
      }
    }
    return most;
  }

  /** How often all units were run since {@link #restart}. */
  int rounds() {
    return Arrays.stream(rounds).min().orElse(Integer.MAX_VALUE);
  }

  void restart() {
    Arrays.fill(rounds, 0);
  }

  /**
   * The time of the next part of each task, scaled to the whole, in nanoseconds. What takes longer
   * than a limit is run again, since something else may be at fault.
   */
  double part(double limit) {
    double nanos = 0;
    for (int i = 0; i < tasks.length; i++) {
      nanos += part(i, limit - nanos);
    }
    return nanos;
  }

  /** Runs the last unit of each task, which may be of other code than those before. */
  void end() {
    for (Task task : tasks) {
      task.run(task.units() - 1, task.units(), 0);
    }
  }

  private double part(int task, double limit) {
    int units = tasks[task].units();
    int from = next[task];
    int to = Math.min(from + size[task], units);
    double scale = (double) units / (to - from);
    long took = time(task, from, to, limit / scale);
    next[task] = to == units ? 0 : to;
    rounds[task] += to == units ? 1 : 0;
    if (took < length / 2) {
      size[task] = Math.min(2 * size[task], units);
    } else if (took > 2 * length) {
      size[task] = Math.max(1, size[task] / 2);
    }
    return took * scale;
  }

  private long time(int task, int from, int to, double limit) {
    long took = Long.MAX_VALUE;
    int attempts = 0;
    do {
      long start = System.nanoTime();
      tasks[task].run(from, to, 0);
      took = Math.min(took, System.nanoTime() - start);
    } while (took > limit && ++attempts < ATTEMPTS);
    return took;
  }
}
