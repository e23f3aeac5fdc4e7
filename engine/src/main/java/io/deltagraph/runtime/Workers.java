package io.deltagraph.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a session: the caller, which is worker 0, and persistent helpers. A task is cut
 * into as many equal ranges as there are workers, always in the same way. Who waits spins for some
 * microseconds, then parks. Tasks are given by one thread at a time.
 */
final class Workers implements AutoCloseable {
  /** Below this many nanoseconds a task is not worth sharing. */
  static final long WORTH = 10_000;

  private static final int SPINS = 2_000;

  private final Helper[] helpers;
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger epoch = new AtomicInteger();
  private volatile @Nullable Task task;
  private volatile @Nullable Thread waiting;
  private volatile @Nullable Throwable failure;

  private volatile boolean closed;

  /** Starts {@code threads − 1} helpers. */
  Workers(int threads) {
    helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].thread.start();
    }
  }

  /** Runs a task to its end; throws what any part of it throws. */
  void run(Task work) {
    int units = work.units();
    if (helpers.length == 0 || units < 2 || work.cost() < WORTH) {
      work.run(0, units, 0);
      return;
    }
    failure = null;
    task = work;
    pending.set(helpers.length);
    epoch.incrementAndGet();
    for (Helper helper : helpers) {
      if (helper.parked) {
        LockSupport.unpark(helper.thread);
      }
    }
    try {
      part(work, 0);
    } finally {
      await();
      task = null;
    }
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void part(Task work, int worker) {
    long units = work.units();
    int workers = helpers.length + 1;
    int from = (int) (units * worker / workers);
    int to = (int) (units * (worker + 1) / workers);
    if (from < to) {
      work.run(from, to, worker);
    }
  }

  private void await() {
    for (int spins = 0; pending.get() > 0 && spins < SPINS; spins++) {
      Thread.onSpinWait();
    }
    if (pending.get() > 0) {
      waiting = Thread.currentThread();
      while (pending.get() > 0) {
        LockSupport.park(this);
      }
      waiting = null;
    }
  }

  /** Ends the helpers. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper.thread);
    }
  }

  private final class Helper implements Runnable {
    private final int worker;
    private final Thread thread;
    private volatile boolean parked;

    Helper(int worker) {
      this.worker = worker;
      this.thread =
          Thread.ofPlatform().daemon().name("deltagraph-worker-" + worker).unstarted(this);
    }

    @Override
    public void run() {
      int seen = 0;
      while (next(seen)) {
        seen++;
        Task work = task;
        try {
          if (work != null) {
            part(work, worker);
          }
        } catch (Throwable e) {
          failure = e;
        } finally {
          if (pending.decrementAndGet() == 0) {
            LockSupport.unpark(waiting);
          }
        }
      }
    }

    /** Waits for the task after the one seen last; false if there will be none. */
    private boolean next(int seen) {
      for (int spins = 0; epoch.get() == seen && spins < SPINS; spins++) {
        Thread.onSpinWait();
      }
      parked = true;
      while (epoch.get() == seen && !closed) {
        LockSupport.park(Workers.this);
      }
      parked = false;
      return epoch.get() != seen;
    }
  }
}
