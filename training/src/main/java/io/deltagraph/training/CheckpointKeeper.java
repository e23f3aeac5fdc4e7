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
  /** How long to wait at most before the next checkpoint after an epoch. */
  private static final long PAUSE = 1_000_000_000L;

  private final @Nullable CheckpointPlace place;
  private final LoopSettings settings;
  private final Supplier<Map<String, String>> fingerprint;
  private long writtenAt = System.nanoTime();

  /** Whether the next one may wait. */
  private boolean mayWait;

  CheckpointKeeper(LoopSettings settings, Supplier<Map<String, String>> fingerprint) {
    this.settings = settings;
    this.fingerprint = fingerprint;
    place = settings.checkpoint().orElse(null);
    mayWait = !settings.isKept();
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
   * Writes a checkpoint after an epoch, if there is a place for it and the last one is a while ago.
   *
   * @param checkpoint makes it of what a later training must agree on
   */
  void keep(boolean last, Function<Map<String, String>, Checkpoint> checkpoint) {
    long pause = Math.min(PAUSE, settings.pause().toNanos());
    boolean early = mayWait && System.nanoTime() - writtenAt < pause;
    if (place != null && (last ? settings.isKept() : !early)) {
      write(place, checkpoint);
    }
  }

  /** The same after a step within an epoch. */
  void keepWithin(Function<Map<String, String>, Checkpoint> checkpoint) {
    if (place != null && System.nanoTime() - writtenAt >= settings.pause().toNanos()) {
      write(place, checkpoint);
    }
  }

  private void write(CheckpointPlace to, Function<Map<String, String>, Checkpoint> checkpoint) {
    Checkpoint written = checkpoint.apply(fingerprint.get());
    // A thread that is interrupted cannot write: that is put off, and what it asks for comes next.
    boolean interrupted = Thread.interrupted();
    try {
      to.write(written);
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
    mayWait = true;
  }
}
