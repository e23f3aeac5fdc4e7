package io.deltagraph.experiments;

import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Saves a model after the first epoch, so that a folder that cannot be written shows at once, and
 * then at most once a second.
 */
final class Autosave {
  private static final long PAUSE = 1_000_000_000L;

  private final Save save;
  private final IntConsumer saved;
  private final LongSupplier nanoTime;
  private boolean any;
  private long savedAt;

  /** Writes a model with those parameters. */
  @FunctionalInterface
  interface Save {
    void write(Map<String, Tensor> parameters) throws IOException;
  }

  /**
   * Saves nothing yet.
   *
   * @param saved is told the epoch whose model is saved
   */
  Autosave(Save save, IntConsumer saved, LongSupplier nanoTime) {
    this.save = save;
    this.saved = saved;
    this.nanoTime = nanoTime;
  }

  void epochEnded(int epoch, Supplier<Map<String, Tensor>> parameters) {
    if (!any || nanoTime.getAsLong() - savedAt >= PAUSE) {
      try {
        save.write(parameters.get());
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
      any = true;
      savedAt = nanoTime.getAsLong();
      saved.accept(epoch);
    }
  }
}
