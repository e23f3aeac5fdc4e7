package io.deltagraph.check;

import com.google.common.base.Throwables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pieces of work at the same time, each in a thread of its own. */
final class Together {
  private Together() {}

  /**
   * Runs all of them, the only one at once in this thread; throws what the first of them throws.
   */
  static void run(List<Runnable> work) {
    if (work.size() == 1) {
      work.getFirst().run();
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            work.size(), Thread.ofPlatform().daemon().name("deltagraph-check").factory())) {
      List<Future<?>> running = new ArrayList<>();
      work.forEach(piece -> running.add(threads.submit(piece)));
      for (Future<?> piece : running) {
        piece.get();
      }
    } catch (ExecutionException e) {
      Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The check was interrupted.", e);
    }
  }
}
