package io.deltagraph.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps the checkpoints of a training over shards, in a local file or elsewhere. */
final class CheckpointKeeper {
  /** How long to wait before the next checkpoint. */
  private static final long PAUSE = 1_000_000_000L;

  private final Optional<Path> local;
  private final Optional<CheckpointStore> store;
  private final boolean resume;
  private final boolean isKept;
  private final Supplier<Map<String, String>> fingerprint;
  private long writtenAt;

  CheckpointKeeper(ShardedTrainer trainer, Supplier<Map<String, String>> fingerprint) {
    LoopSettings settings = trainer.trainer().settings();
    Optional<ShardedTrainer.Kept> kept = trainer.kept();
    store = kept.map(ShardedTrainer.Kept::store);
    local = store.isPresent() ? Optional.empty() : settings.checkpoint();
    resume = kept.map(ShardedTrainer.Kept::resume).orElse(settings.resume());
    isKept = settings.isKept();
    this.fingerprint = fingerprint;
    writtenAt = isKept ? 0 : System.nanoTime();
  }

  /** What messages call it. */
  String file() {
    return local.map(Path::toString).or(() -> store.map(Object::toString)).orElse("none");
  }

  /** What training is to go on from. */
  Optional<Checkpoint> kept() {
    if (!resume) {
      return Optional.empty();
    }
    try {
      Optional<Checkpoint> found = read();
      found.ifPresent(checkpoint -> checkpoint.require(file(), fingerprint.get()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private Optional<Checkpoint> read() throws IOException {
    if (local.isPresent()) {
      return Files.exists(local.get())
          ? Optional.of(Checkpoint.read(local.get()))
          : Optional.empty();
    }
    if (store.isEmpty() || !store.get().exists()) {
      return Optional.empty();
    }
    Path copy = Files.createTempFile("deltagraph-checkpoint", ".safetensors");
    try {
      store.get().read(copy);
      return Optional.of(Checkpoint.read(copy));
    } finally {
      Files.delete(copy);
    }
  }

  /** Writes a checkpoint, if there is a place for it and the last one is a while ago. */
  void keep(boolean last, Function<Map<String, String>, Checkpoint> checkpoint) {
    boolean early = writtenAt != 0 && System.nanoTime() - writtenAt < PAUSE;
    if ((local.isEmpty() && store.isEmpty()) || (last ? !isKept : early)) {
      return;
    }
    // A thread that is interrupted cannot write: that is put off, and what it asks for comes next.
    boolean interrupted = Thread.interrupted();
    try {
      write(checkpoint.apply(fingerprint.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    writtenAt = System.nanoTime();
  }

  private void write(Checkpoint checkpoint) throws IOException {
    if (local.isPresent()) {
      checkpoint.write(local.get());
      return;
    }
    Path copy = Files.createTempFile("deltagraph-checkpoint", ".safetensors");
    try {
      checkpoint.write(copy);
      store.orElseThrow().write(copy);
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
