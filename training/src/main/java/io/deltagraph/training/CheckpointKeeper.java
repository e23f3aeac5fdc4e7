package io.deltagraph.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the checkpoints of a training, if it has a place for them. */
final class CheckpointKeeper {
  /** How long to wait before the next checkpoint. */
  private static final long PAUSE = 1_000_000_000L;

  private final @Nullable CheckpointPlace place;
  private final LoopSettings settings;
  private final Supplier<Map<String, String>> fingerprint;
  private long writtenAt;

  CheckpointKeeper(LoopSettings settings, Supplier<Map<String, String>> fingerprint) {
    this.settings = settings;
    this.fingerprint = fingerprint;
    place = settings.checkpoint().orElse(null);
    writtenAt = settings.isKept() ? 0 : System.nanoTime();
  }

  /** What messages call the place. */
  String file() {
    return place == null ? "none" : place.named();
  }

  /**
   * What training is to go on from.
   *
   * @throws CheckpointException if that is another training
   */
  Optional<Checkpoint> kept() {
    if (place == null || !settings.resume()) {
      return Optional.empty();
    }
    try {
      Optional<Checkpoint> found = place.read();
      found.ifPresent(checkpoint -> checkpoint.require(file(), fingerprint.get()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Writes a checkpoint, if there is a place for it and the last one is a while ago.
   *
   * @param checkpoint makes it of what a later training must agree on
   */
  void keep(boolean last, Function<Map<String, String>, Checkpoint> checkpoint) {
    boolean early = writtenAt != 0 && System.nanoTime() - writtenAt < PAUSE;
    if (place == null || (last ? !settings.isKept() : early)) {
      return;
    }
    Checkpoint written = checkpoint.apply(fingerprint.get());
    // A thread that is interrupted cannot write: that is put off, and what it asks for comes next.
    boolean interrupted = Thread.interrupted();
    try {
      place.write(written);
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    writtenAt = System.nanoTime();
  }
}
