package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Step;
import java.util.function.BooleanSupplier;

/** A step that has fast tasks, and how far they have got. All times are in nanoseconds. */
final class WarmerTrial {
  /** How often a step is found slow before it is given up. */
  private static final int MOST_FAILURES = 12;

  /** Code that is not compiled well so long after the first turn is given up. */
  private static final long LONGEST = 3_000_000_000L;

  /** How long the plain loops take for a second attempt to pay. */
  private static final double WORTH_ANOTHER = 5_000;

  /** How long it is let alone then: the compiler may be at it. Longer each time, up to so often. */
  private static final long PAUSE = 1_000_000;

  private static final int LONGER = 7;

  /** How many parts of the plain loops are timed, and for how long. */
  private static final int MEASURED = 40;

  private static final long MEASURING = 10_000_000;

  /** How many parts in a row have to be fast, all through the step so many times. */
  private static final int SURE = 20;

  private static final int ROUNDS = 3;

  /** Or for so long: its rehearsal went through all units. */
  private static final long LONG = 30_000_000;

  /** How long a turn is, and about how long a part takes. */
  private static final long TURN = 2_000_000;

  private static final long PART = 200_000;

  /** How often in a row it has to be slow. */
  private static final int STRIKES = 4;

  enum Outcome {
    WARMING,
    FAST,
    HOPELESS
  }

  private final int number;
  private final Step step;
  private final Backend backend;
  private final BooleanSupplier rehearsal;
  private final WarmerSample plain;
  private final WarmerSample fast;
  private final long cost;
  private boolean rehearsed;
  private double slow = Double.MAX_VALUE;
  private int good;
  private long running;
  private int failures;
  private long began;
  private long notBefore = System.nanoTime();
  private int strikes;

  /**
   * A trial.
   *
   * @param number of the step in the plan
   * @param tasks the backend's
   * @param shadow the buffers of {@code tasks}
   */
  WarmerTrial(
      int number, Step step, Backend backend, ImmutableList<Task> tasks, Backend.Memory shadow) {
    this.number = number;
    this.step = step;
    this.backend = backend;
    rehearsal = backend.rehearsal(step, shadow);
    ImmutableList<Task> loops = Backend.reference().tasks(step, shadow).orElseThrow();
    cost = loops.stream().mapToLong(Task::cost).sum();
    plain = new WarmerSample(loops);
    fast = new WarmerSample(tasks);
  }

  int number() {
    return number;
  }

  Step step() {
    return step;
  }

  Backend backend() {
    return backend;
  }

  /** What the plain loops are said to cost. */
  long cost() {
    return cost;
  }

  /** Whether its code is still being brought before the compiler. */
  boolean isRehearsing() {
    return !rehearsed;
  }

  /** Whether the plain loops take long enough to try once more. */
  boolean isWorthAnother() {
    return slow > WORTH_ANOTHER;
  }

  /** Runs parts of the step for a while. */
  Outcome turn() {
    long start = System.nanoTime();
    began = began == 0 ? start : began;
    if (!rehearsed) {
      rehearsed = rehearsal.getAsBoolean();
      return !rehearsed && start - began > LONGEST ? Outcome.HOPELESS : Outcome.WARMING;
    }
    if (start < notBefore) {
      return Outcome.WARMING;
    }
    if (slow == Double.MAX_VALUE) {
      measure(start + MEASURING);
      return Outcome.WARMING;
    }
    int slowParts = 0;
    long now = start;
    while (now < start + TURN) {
      double took = good == 0 ? fast.part(PART) : fast.part(PART, slow);
      long last = now;
      now = System.nanoTime();
      if (took < slow) {
        good++;
        running += now - last;
      } else {
        good = 0;
        running = 0;
        fast.restart();
        slowParts++;
      }
      if (good >= SURE && (fast.rounds() >= ROUNDS || running > LONG)) {
        rehearsed = rehearsal.getAsBoolean();
        if (!rehearsed) {
          good = 0;
          return Outcome.WARMING;
        }
        for (int i = 0; i < STRIKES; i++) {
          fast.slowdown();
        }
        return Outcome.FAST;
      }
    }
    if (slowParts > 0) {
      rehearsed = rehearsal.getAsBoolean();
      notBefore = now + 2 * (now - start) + (PAUSE << Math.min(failures++, LONGER));
    }
    return failures > MOST_FAILURES ? Outcome.HOPELESS : Outcome.WARMING;
  }

  private void measure(long end) {
    for (int i = 0; i < MEASURED && System.nanoTime() < end; i++) {
      slow = Math.min(slow, plain.part(PART));
    }
  }

  /** Whether what was fast has got slow, for good as it seems. */
  boolean hasSlowedDown() {
    boolean fine = rehearsal.getAsBoolean() && fast.slowdown() <= WarmerSample.SLOW;
    strikes = fine ? 0 : strikes + 1;
    return strikes >= STRIKES;
  }
}
