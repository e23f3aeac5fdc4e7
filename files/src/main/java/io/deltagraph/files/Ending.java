package io.deltagraph.files;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * What is written while the process may be told to end (Ctrl-C): the end waits for what is being
 * written, then clears up, and from then on nothing more is begun, since a thread that asks for its
 * turn gets it no more.
 */
final class Ending implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Semaphore turn = new Semaphore(1);
  private final Runnable clear;
  private final Thread hook;
  private final boolean watched;

  /** Something that must not be cut in two. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Looks out for the end of the process from now on.
   *
   * @param clear removes what must not stay; called once, at the end of the process or by {@link
   *     #close}
   * @param farewell is run at the end of the process alone, after all is cleared
   */
  Ending(Runnable clear, Runnable farewell) {
    this.clear = clear;
    this.hook =
        new Thread(() -> {
          turn.acquireUninterruptibly();
          clear.run();
          farewell.run();
        });
    this.watched = watch(hook);
  }

  /**
   * Once the process ends there is nothing to look out for any more: either this thread does not
   * live through the pause, or the end waits for it, as it does for one that saves in a hook.
   */
  private static boolean watch(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException alreadyEnding) {
      LockSupport.parkNanos(PAUSE.toNanos());
      return false;
    }
  }

  /** Does something that the end of the process waits for. */
  void during(Work work) throws IOException {
    turn.acquireUninterruptibly();
    try {
      work.run();
    } finally {
      turn.release();
    }
  }

  @Override
  public void close() {
    turn.acquireUninterruptibly();
    try {
      if (!watched || Runtime.getRuntime().removeShutdownHook(hook)) {
        clear.run();
      }
    } catch (IllegalStateException ending) {
      return; // The hook is about to take its turn, and clears.
    } finally {
      turn.release();
    }
  }
}
