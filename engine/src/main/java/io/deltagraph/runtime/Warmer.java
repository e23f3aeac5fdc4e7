package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tasks of a faster backend aside, on buffers of its own, and switches each step over to
 * them once they are faster than what it runs on now. Until the compiler has seen them, vector
 * instructions are a thousand times slower than plain loops; when it has is a matter of luck, and
 * the bits are the same before and after. A step whose fast tasks stay slow keeps the plain ones.
 */
final class Warmer implements Runnable {
  /** Calls without getting faster than the plain loops after which a step is given up. */
  private static final int MOST_CALLS = 60_000;

  /** And nanoseconds. */
  private static final long MOST_TIME = 8_000_000_000L;

  /** How often the plain loops are timed. */
  private static final int MEASURED = 20;

  /** How often in a row a step has to be fast. */
  private static final int SURE = 20;

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
                .ifPresent(tasks -> target.replace(candidate.number, tasks.toArray(new Task[0])));
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
      Buffer buffer = Buffer.allocate(slot.dtype(), slot.length());
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
    private final ImmutableList<Task> plain;
    private final ImmutableList<Task> fast;
    private final long started = System.nanoTime();
    private int calls;
    private int good;
    private double slow = Double.MAX_VALUE;

    Candidate(int number, Step step, ImmutableList<Task> plain, ImmutableList<Task> fast) {
      this.number = number;
      this.step = step;
      this.plain = plain;
      this.fast = fast;
    }

    /** Runs a small part of the step some times. */
    Outcome trial() {
      long end = System.nanoTime() + 2_000_000;
      do {
        if (calls < MEASURED) {
          slow = Math.min(slow, part(plain));
        }
        calls++;
        good = part(fast) < slow ? good + 1 : 0;
        if (good >= SURE) {
          return Outcome.FAST;
        }
      } while (System.nanoTime() < end);
      boolean late = calls > MOST_CALLS || System.nanoTime() - started > MOST_TIME;
      return late ? Outcome.HOPELESS : Outcome.WARMING;
    }

    /** The time of one part, scaled to the whole. */
    private static double part(ImmutableList<Task> tasks) {
      double nanos = 0;
      for (Task task : tasks) {
        int units = Math.clamp(task.units() / 16, Math.min(1, task.units()), 64);
        long start = System.nanoTime();
        task.run(0, units, 0);
        nanos += (double) (System.nanoTime() - start) * task.units() / Math.max(units, 1);
      }
      return nanos;
    }
  }
}
