package io.deltagraph.experiments;

import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a model beside its place after the first epoch, and then at most once a second, so that
 * little is lost where the run does not end as it should.
 */
final class Autosave {
  private static final long PAUSE = 1_000_000_000L;

  private final Save save;
  private final LongSupplier nanoTime;
  private volatile RunListener.@Nullable Kept kept;
  private long savedAt;

  /** Writes a model with those parameters, and then says under which stem. */
  @FunctionalInterface
  interface Save {
    void write(Map<String, Tensor> parameters, Consumer<Path> done) throws IOException;
  }

  /** Saves nothing yet. */
  Autosave(Save save, LongSupplier nanoTime) {
    this.save = save;
    this.nanoTime = nanoTime;
  }

  void epochEnded(int epoch, Supplier<Map<String, Tensor>> parameters) {
    if (kept == null || nanoTime.getAsLong() - savedAt >= PAUSE) {
      try {
        now(epoch, parameters.get());
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Keeps the model as it is after that epoch. */
  void now(int epoch, Map<String, Tensor> parameters) throws IOException {
    save.write(parameters, stem -> kept = new RunListener.Kept(RunReport.Files.of(stem), epoch));
    savedAt = nanoTime.getAsLong();
  }

  /** What was kept last. */
  Optional<RunListener.Kept> kept() {
    return Optional.ofNullable(kept);
  }
}
