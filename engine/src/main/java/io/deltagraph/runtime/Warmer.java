package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tasks of a faster backend aside, on buffers of its own, and switches each step over to
 * them once they are faster than what it runs on now. Until the compiler has seen them, vector
 * instructions are a thousand times slower than plain loops; when it has is a matter of luck, and
 * the bits are the same before and after. A step whose fast tasks stay slow keeps the plain ones.
 */
final class Warmer implements Runnable {
  /** Parts without getting faster than the plain loops after which a step is given up. */
  private static final int MOST_PARTS = 60_000;

  /** And nanoseconds. */
  private static final long MOST_TIME = 8_000_000_000L;

  /** How many parts of the plain loops are timed. */
  private static final int MEASURED = 40;

  /** How many parts in a row have to be fast, all through the step so many times. */
  private static final int SURE = 20;

  private static final int ROUNDS = 3;

  /** How long the steps take turns for, and about how long a part takes, in nanoseconds. */
  private static final long TURN = 2_000_000;

  private static final long PART = 200_000;

  /** A plan of more bytes has its fast tasks at once: a second set of its buffers is too much. */
  private static final long MOST_BYTES = 1L << 30;

  private final WeakReference<Executable> executable;
  private final Plan plan;
  private final Backend backend;
  private final Backend.Memory memory;

  Warmer(Executable executable, Plan plan, Backend backend, Backend.Memory memory) {
    this.executable = new WeakReference<>(executable);
    this.plan = plan;
    this.backend = backend;
    this.memory = memory;
  }

  /** Whether a plan can be warmed aside. */
  static boolean takes(Plan plan) {
    return plan.bytes() <= MOST_BYTES;
  }

  /** Whatever goes wrong here, the plain loops go on. */
  @Override
  public void run() {
    try {
      warm();
    } catch (RuntimeException | Error e) {
      System.getLogger(Warmer.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The backend " + backend.name() + " fails while it is warmed; plain loops go on.",
              e);
    } finally {
      Executable target = executable.get();
      if (target != null) {
        target.settle();
      }
    }
  }

  private void warm() {
    Backend.Memory shadow = new Backend.Memory(shadows(), 1);
    List<Step> all =
        ImmutableList.<Step>builder().addAll(plan.steps()).addAll(plan.commits()).build();
    List<Candidate> open = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Optional<ImmutableList<Task>> fast = backend.tasks(all.get(i), shadow);
      if (fast.isPresent()) {
        ImmutableList<Task> plain = Backend.reference().tasks(all.get(i), shadow).orElseThrow();
        open.add(new Candidate(i, all.get(i), plain, fast.get()));
      }
    }
    while (!open.isEmpty()) {
      for (Candidate candidate : List.copyOf(open)) {
        Executable target = executable.get();
        if (target == null || target.isClosed()) {
          return;
        }
        switch (candidate.trial()) {
          case WARMING -> {}
          case FAST -> {
            backend
                .tasks(candidate.step, memory)
                .ifPresent(tasks -> target.replace(candidate.number, tasks));
            open.remove(candidate);
          }
          case HOPELESS -> open.remove(candidate);
        }
      }
    }
  }

  private List<Buffer> shadows() {
    List<Buffer> shadows = new ArrayList<>();
    for (Slot slot : plan.slots()) {
      Buffer buffer = Backend.Memory.allocate(slot.dtype(), slot.length());
      if (slot.dtype().isFloat()) {
        for (int i = 0; i < buffer.length(); i++) {
          buffer.set(i, 0.5);
        }
      }
      shadows.add(buffer);
    }
    return shadows;
  }

  private enum Outcome {
    WARMING,
    FAST,
    HOPELESS
  }

  /** A step that has fast tasks. */
  private static final class Candidate {
    private final int number;
    private final Step step;
    private final Sample plain;
    private final Sample fast;
    private final long started = System.nanoTime();
    private double slow = Double.MAX_VALUE;
    private int parts;
    private int good;

    Candidate(int number, Step step, ImmutableList<Task> plain, ImmutableList<Task> fast) {
      this.number = number;
      this.step = step;
      this.plain = new Sample(plain);
      this.fast = new Sample(fast);
    }

    /** Runs parts of the step for a while. */
    Outcome trial() {
      long end = System.nanoTime() + TURN;
      do {
        if (parts++ < MEASURED) {
          slow = Math.min(slow, plain.part());
        }
        if (fast.part() >= slow) {
          good = 0;
          fast.rounds = 0;
        } else if (++good >= SURE && fast.rounds >= ROUNDS) {
          return Outcome.FAST;
        }
      } while (System.nanoTime() < end);
      boolean late = parts > MOST_PARTS || System.nanoTime() - started > MOST_TIME;
      return late ? Outcome.HOPELESS : Outcome.WARMING;
    }
  }

  /**
   * Tasks that are run part by part, round and round, so that every unit comes up: the ragged ends
   * must be compiled too before they are relied upon. Parts grow as the tasks get faster.
   */
  private static final class Sample {
    private final Task[] tasks;
    private final int[] next;
    private final int[] size;
    private int rounds;

    Sample(ImmutableList<Task> tasks) {
      this.tasks = tasks.toArray(new Task[0]);
      next = new int[this.tasks.length];
      size = new int[this.tasks.length];
      Arrays.fill(size, 1);
    }

    /** The time of the next part, scaled to the whole. */
    double part() {
      double nanos = 0;
      for (int i = 0; i < tasks.length; i++) {
        int units = tasks[i].units();
        if (units > 0) {
          nanos += part(i, units);
        }
      }
      return nanos;
    }

    private double part(int task, int units) {
      int from = next[task];
      int to = Math.min(from + size[task], units);
      long start = System.nanoTime();
      tasks[task].run(from, to, 0);
      long took = System.nanoTime() - start;
      next[task] = to == units ? 0 : to;
      if (to == units && task == tasks.length - 1) {
        rounds++;
      }
      if (took < PART / 2) {
        size[task] = Math.min(2 * size[task], units);
      } else if (took > 2 * PART) {
        size[task] = Math.max(1, size[task] / 2);
      }
      return (double) took * units / (to - from);
    }
  }
}
