package io.deltagraph.cli;

import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Saves a model after the first epoch, so that a folder that cannot be written shows at once, and
 * then at most once a second.
 */
final class Autosave {
  private static final long PAUSE = 1_000_000_000L;

  private final Save save;
  private final LongSupplier nanoTime;
  private volatile int savedEpoch;
  private long savedAt;

  /** Writes a model with those parameters. */
  @FunctionalInterface
  interface Save {
    void write(Map<String, Tensor> parameters) throws IOException;
  }

  /** What is said when the process is stopped before training has ended. */
  interface Farewell extends AutoCloseable {
    @Override
    void close();
  }

  Autosave(Save save, LongSupplier nanoTime) {
    this.save = save;
    this.nanoTime = nanoTime;
  }

  void epochEnded(int epoch, Supplier<Map<String, Tensor>> parameters) {
    if (savedEpoch == 0 || nanoTime.getAsLong() - savedAt >= PAUSE) {
      try {
        save.write(parameters.get());
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
      savedEpoch = epoch;
      savedAt = nanoTime.getAsLong();
    }
  }

  /** Saves what training came to. */
  void last(Map<String, Tensor> parameters) throws IOException {
    save.write(parameters);
  }

  /** Says what is kept if the process is stopped (Ctrl-C) before the farewell is closed. */
  Farewell farewell(Output out, Path stem) {
    Thread hook =
        new Thread(() ->
            out.note(
                savedEpoch == 0
                    ? "\ndeltagraph: stopped before anything was saved."
                    : "\ndeltagraph: stopped; the model as it was after epoch "
                        + savedEpoch
                        + " is saved as "
                        + ModelPaths.json(stem)
                        + "."));
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException stopping) {
        return;
      }
    };
  }
}
