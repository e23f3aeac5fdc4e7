package io.deltagraph.tiering;

import io.deltagraph.backend.Task;
import java.util.Arrays;
import java.util.List;

/**
 * Runs tasks part by part, over and over, so that every unit comes up: the last units may be of
 * other code than those before, which has to be compiled too. Parts grow as the tasks get faster.
 */
final class WarmerSample {
  /** A task so many times slower than ever before has got slow, if it stays so in a few looks. */
  static final int SLOW = 4;

  /** Differences of so many nanoseconds do not matter. */
  private static final double NOISE = 500;

  /** Units that take longer are not run just to see whether they have got slow; nanoseconds. */
  private static final double LONGEST = 200_000;

  /**
   * How often a part that took too long is run again, to see whether something else was at fault.
   */
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
   * How many times slower than ever before the first or the last unit of a task is, taking the
   * slowest of them. What is slow is run a few times, and the shortest time counts.
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

  /** How often every unit was run since {@link #restart}. */
  int rounds() {
    return Arrays.stream(rounds).min().orElse(Integer.MAX_VALUE);
  }

  void restart() {
    Arrays.fill(rounds, 0);
  }

  /**
   * Runs the next part of each task; how long all units would take at that speed, in nanoseconds. A
   * part that takes longer than the limit is run a few times.
   */
  double part(double limit) {
    double nanos = 0;
    for (int i = 0; i < tasks.length; i++) {
      nanos += part(i, limit - nanos);
    }
    return nanos;
  }

  /** Runs the last unit of each task. */
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
