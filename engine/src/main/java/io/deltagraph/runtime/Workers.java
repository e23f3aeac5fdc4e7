package io.deltagraph.runtime;

import io.deltagraph.backend.Task;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a session: the caller, which is worker 0, and helpers that live as long as the
 * session. A task is cut into as many equal parts as there are workers, always in the same way, or
 * done by the caller alone. A thread that waits spins for some microseconds, then parks. One thread
 * at a time may give tasks; nothing is allocated for them.
 *
 * <p>Each part of a task is done once: by its helper, or by the caller if the helper has not begun
 * by the time that the caller has done its own part. So a task never waits for a helper that gets
 * no processor, that is still waking up, or that has ended.
 */
final class Workers implements AutoCloseable {
  /** A task of fewer nanoseconds is not worth sharing, even with helpers that spin. */
  static final long WORTH = 1_000;

  /** A task of fewer nanoseconds is not worth sharing with helpers that have to wake up first. */
  static final long WORTH_WAKING = 100_000;

  /** Some 200 microseconds: longer than the gaps between tasks, and between runs in a loop. */
  private static final int SPINS = 8_000;

  private static final int AWAKE = 0;
  private static final int PARKED = 1;
  private static final int WAKING = 2;

  /**
   * Numbers that different threads write lie so many places apart, each in a cache line of its own.
   */
  private static final int APART = 32;

  private static final VarHandle FLAGS = MethodHandles.arrayElementVarHandle(int[].class);

  /** The number of the latest task, then that which each helper ended last; padded. */
  private final int[] tasks;

  /** The number of the latest task whose part for each helper was taken; padded. */
  private final int[] taken;

  /** Whether each helper is awake; padded. */
  private final int[] states;

  private final Thread[] helpers;
  private final boolean spare;
  private final boolean crowded;
  private volatile int spins;
  private int latest;
  private @Nullable Job shared;
  private volatile @Nullable Thread waiting;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  /** Starts {@code threads − 1} helpers. */
  Workers(int threads) {
    helpers = new Thread[threads - 1];
    tasks = new int[(threads + 1) * APART];
    taken = new int[(threads + 1) * APART];
    states = new int[(threads + 1) * APART];
    int processors = Runtime.getRuntime().availableProcessors();
    spare = threads < processors;
    // Spinning takes the time of those that are waited for where there are too few processors.
    crowded = threads > processors;
    spins = crowded ? 0 : SPINS;
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] =
          Thread.ofPlatform()
              .daemon()
              .name("deltagraph-worker-" + worker)
              .unstarted(() -> help(worker));
    }
    for (Thread helper : helpers) {
      helper.start();
    }
  }

  /** A task, and what it says of itself, asked once: small nets run many short tasks. */
  record Job(Task task, int units, long cost) {
    static Job of(Task task) {
      return new Job(task, task.units(), task.cost());
    }

    /** Whether it is long enough for helpers that spin. */
    boolean isShared() {
      return units > 1 && cost >= WORTH;
    }

    /** Runs it without helpers. */
    void alone() {
      task.run(0, units, 0);
    }
  }

  /**
   * Whether the compiler or another thread of this program is busy beside the workers. Unless it
   * has a processor to itself, waiting workers then park at once, and share only long tasks.
   */
  void busyBeside(boolean busy) {
    int now = crowded || (busy && !spare) ? 0 : SPINS;
    if (now != spins) {
      spins = now;
    }
  }

  /** Runs a task to its end; throws what any part of it throws. */
  void run(Job job) {
    if (helpers.length == 0 || !worthSharing(job)) {
      job.alone();
      return;
    }
    shared = job;
    latest++;
    set(tasks, 0, latest);
    for (int i = 1; i <= helpers.length; i++) {
      if (get(states, i) != AWAKE) {
        LockSupport.unpark(helpers[i - 1]);
      }
    }
    Throwable thrown = attempt(job, 0, 0);
    for (int i = 1; i <= helpers.length; i++) {
      if (take(i, latest)) {
        Throwable here = attempt(job, i, 0);
        thrown = thrown == null ? here : thrown;
      } else {
        await(i);
      }
    }
    shared = null;
    if (thrown == null) {
      thrown = failure;
    }
    if (thrown != null) {
      failure = null;
      rethrow(thrown);
    }
  }

  /** Takes the part of a helper; false if it was taken before. */
  private boolean take(int helper, int number) {
    return get(taken, helper) != number
        && FLAGS.compareAndSet(taken, place(helper), number - 1, number);
  }

  /** Does a part, in the scratch memory of a worker; gives what it throws, if anything. */
  private @Nullable Throwable attempt(Job job, int part, int worker) {
    long units = job.units;
    int workers = helpers.length + 1;
    int from = (int) (units * part / workers);
    int to = (int) (units * (part + 1) / workers);
    try {
      if (from < to) {
        job.task.run(from, to, worker);
      }
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  /**
   * Whether to share a task now. If helpers are parked, a short one only wakes them for the next.
   */
  private boolean worthSharing(Job job) {
    long cost = job.cost;
    if (!job.isShared() || closed) {
      return false;
    }
    if (cost >= WORTH_WAKING || spins == 0) {
      return cost >= WORTH_WAKING;
    }
    boolean awake = true;
    for (int i = 1; i <= helpers.length; i++) {
      int state = get(states, i);
      if (state == PARKED) {
        set(states, i, WAKING);
        LockSupport.unpark(helpers[i - 1]);
      }
      awake &= state == AWAKE;
    }
    return awake;
  }

  private void await(int helper) {
    for (int n = 0; get(tasks, helper) != latest && n < spins; n++) {
      relax(n);
    }
    if (get(tasks, helper) != latest) {
      waiting = Thread.currentThread();
      while (get(tasks, helper) != latest) {
        LockSupport.park(this);
      }
      waiting = null;
    }
  }

  private static void rethrow(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private void help(int worker) {
    int seen = 0;
    while (next(seen, worker)) {
      seen = get(tasks, 0);
      if (take(worker, seen)) {
        // The caller waits for this part now, so that the task stays the same until it is done.
        Job job = shared;
        Throwable thrown = job == null ? null : attempt(job, worker, worker);
        if (thrown != null) {
          failure = thrown;
        }
        set(tasks, worker, seen);
        LockSupport.unpark(waiting);
      }
    }
  }

  /** Waits for the task after the one seen last; false if there will be none. */
  private boolean next(int seen, int worker) {
    while (get(tasks, 0) == seen && !closed) {
      for (int n = 0; get(tasks, 0) == seen && n < spins; n++) {
        relax(n);
      }
      if (get(tasks, 0) == seen) {
        set(states, worker, PARKED);
        if (get(tasks, 0) == seen && !closed) {
          LockSupport.park(this);
        }
        set(states, worker, AWAKE);
      }
    }
    return get(tasks, 0) != seen;
  }

  /** Now and then lets another thread go first, which may be the one that is waited for. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void relax(int spin) {
    if (spin % 512 == 511) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }

  private static int get(int[] padded, int index) {
    return (int) FLAGS.getVolatile(padded, place(index));
  }

  private static void set(int[] padded, int index, int value) {
    FLAGS.setVolatile(padded, place(index), value);
  }

  private static int place(int index) {
    return index * APART + APART / 2;
  }

  /** Ends the helpers. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
