package io.deltagraph.tiering;

import com.sun.management.ThreadMXBean;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Finds out whether the fast tasks of a step are compiled well and beat the plain loops, in short
 * turns between those of other steps. First they are rehearsed until they allocate nothing any
 * more, then the plain loops are timed, then the fast tasks. All times are in nanoseconds.
 */
final class WarmerTrial {
  /** How long a turn of a rehearsal takes, and about how long each part of a task in it. */
  private static final long REHEARSAL = 500_000;

  private static final long SHORT_PART = 50_000;

  /** How many parts of the plain loops are timed, and for how long. */
  private static final int MOST_MEASURED = 40;

  private static final int LEAST_MEASURED = 3;

  private static final long MEASURING = 10_000_000;

  /** How many parts in a row have to be fast, and how often every unit has to be among them. */
  private static final int SURE = 20;

  private static final int ROUNDS = 3;

  /** Fast for so long will do instead: every unit came up when the tasks were rehearsed. */
  private static final long LONG = 30_000_000;

  /** How long a turn of the contest takes, and about how long each part in it. */
  private static final long TURN = 2_000_000;

  private static final long PART = 200_000;

  /** How long a step is left alone at most between two turns of the contest. */
  private static final long LONGEST_WAIT = 20_000_000;

  /** How much of the patience the contest may take of this thread's time. */
  private static final int SHARE_OF_CONTEST = 20;

  /** In how many looks in a row the tasks have to be slow before the step goes back. */
  private static final int STRIKES = 4;

  /** How many turns a step has in each of its later chances. */
  private static final int LATER_TURNS = 5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  enum Outcome {
    WARMING,
    FAST,
    HOPELESS
  }

  private final int number;
  private final Step step;
  private final WarmerSample rehearsal;
  private final WarmerSample plain;
  private final WarmerSample fast;
  private final long cost;
  private final long patience;
  private boolean rehearsed;
  private double slow = Double.MAX_VALUE;
  private int good;
  private long running;

  /** When the rehearsal began, in this thread's processor time. */
  private long rehearsing;

  /** How long the contest has run, its waits apart. */
  private long contested;

  private long notBefore = Long.MIN_VALUE;
  private int strikes;

  /**
   * A trial.
   *
   * @param number of the step in the plan
   * @param tasks the backend's
   * @param rehearsal the backend's
   * @param loops the plain ones, on the same buffers
   * @param patience a step is given up that is not compiled well after so much of this thread's
   *     processor time, which is about as much as the compiler gets, however busy the machine is;
   *     or that has not beaten the plain loops after a twentieth of it, waits apart
   */
  WarmerTrial(
      int number,
      Step step,
      List<Task> tasks,
      List<Task> rehearsal,
      List<Task> loops,
      long patience) {
    this.number = number;
    this.step = step;
    this.rehearsal = new WarmerSample(rehearsal, SHORT_PART);
    cost = loops.stream().mapToLong(Task::cost).sum();
    plain = new WarmerSample(loops, PART);
    fast = new WarmerSample(tasks, PART);
    this.patience = patience;
  }

  int number() {
    return number;
  }

  Step step() {
    return step;
  }

  /** What the plain loops are said to cost. */
  long cost() {
    return cost;
  }

  /** Whether its code is still being brought before the compiler. */
  boolean isRehearsing() {
    return !rehearsed;
  }

  /** Runs parts of the step for a while. */
  Outcome turn() {
    long start = System.nanoTime();
    rehearsing = rehearsing == 0 ? THREADS.getCurrentThreadCpuTime() : rehearsing;
    if (!rehearsed) {
      rehearsed = rehearse(start + REHEARSAL);
    } else if (slow == Double.MAX_VALUE) {
      measure(start + MEASURING);
    } else if (start >= notBefore && isFast(start)) {
      return Outcome.FAST;
    }
    boolean hopeless =
        rehearsed
            ? contested > patience / SHARE_OF_CONTEST
            : THREADS.getCurrentThreadCpuTime() - rehearsing > patience;
    return hopeless ? Outcome.HOPELESS : Outcome.WARMING;
  }

  /**
   * Gives a few turns more to a step that was given up: on a busy machine the compiler may have
   * come to it since. Whether it is fast now.
   */
  boolean catchesUp() {
    for (int i = 0; i < LATER_TURNS; i++) {
      rehearsing = 0;
      notBefore = Long.MIN_VALUE;
      contested = 0;
      if (turn() == Outcome.FAST) {
        strikes = 0;
        return true;
      }
    }
    return false;
  }

  /** Whether all code is compiled well: every unit was run so many times without an object. */
  private boolean rehearse(long end) {
    boolean compiled;
    do {
      compiled = isCompiled() && rehearsal.rounds() >= ROUNDS;
    } while (!compiled && System.nanoTime() < end);
    return compiled;
  }

  /**
   * Runs the next part; whether it allocated nothing. In code that is not compiled well every
   * vector is an object.
   */
  private boolean isCompiled() {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    rehearsal.part(Double.MAX_VALUE);
    rehearsal.end();
    boolean compiled = THREADS.getCurrentThreadAllocatedBytes() == allocated;
    if (!compiled) {
      rehearsal.restart();
    }
    return compiled;
  }

  private void measure(long end) {
    for (int i = 0; i < MOST_MEASURED && (i < LEAST_MEASURED || System.nanoTime() < end); i++) {
      slow = Math.min(slow, plain.part(Double.MAX_VALUE));
    }
  }

  /**
   * Whether many parts in a row are fast. If not, the step is left alone for a while, since the
   * compiler may be working on it; or rehearsed again if its code was thrown away, as happens when
   * the contest first takes a branch that the rehearsal never took.
   */
  private boolean isFast(long start) {
    long now = start;
    int slowParts = 0;
    while (now < start + TURN) {
      double took = fast.part(good == 0 ? Double.MAX_VALUE : slow);
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
        rehearsed = isCompiled();
        good = 0;
        for (int i = 0; rehearsed && i < STRIKES; i++) {
          fast.slowdown();
        }
        return rehearsed;
      }
    }
    contested += now - start;
    if (slowParts > 0) {
      rehearsed = isCompiled();
      rehearsing = 0;
      notBefore = now + Math.min(contested, LONGEST_WAIT);
    }
    return false;
  }

  /** Looks whether tasks that were fast have got slow; true once they were so in several looks. */
  boolean hasSlowedDown() {
    boolean fine = isCompiled() && fast.slowdown() <= WarmerSample.SLOW;
    strikes = fine ? 0 : strikes + 1;
    return strikes >= STRIKES;
  }
}
