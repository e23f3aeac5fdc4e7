package io.deltagraph.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a training keeps its checkpoint. */
sealed interface CheckpointPlace {

  /** What is there, if there is something. */
  Optional<Checkpoint> read() throws IOException;

  /** Puts a checkpoint there: whoever reads has the one before or this one, whole. */
  void write(Checkpoint checkpoint) throws IOException;

  /** What messages call it. */
  String named();

  /** A file of this machine. */
  record LocalFile(Path file) implements CheckpointPlace {
    @Override
    public Optional<Checkpoint> read() throws IOException {
      return Files.exists(file) ? Optional.of(Checkpoint.read(file)) : Optional.empty();
    }

    @Override
    public void write(Checkpoint checkpoint) throws IOException {
      checkpoint.write(file);
    }

    @Override
    public String named() {
      return file.toString();
    }
  }

  /** Somewhere else, by way of a local copy. */
  record Elsewhere(CheckpointStore store) implements CheckpointPlace {
    @Override
    public Optional<Checkpoint> read() throws IOException {
      if (!store.exists()) {
        return Optional.empty();
      }
      Path copy = copy();
      try {
        store.read(copy);
        return Optional.of(Checkpoint.read(copy));
      } finally {
        Files.delete(copy);
      }
    }

    @Override
    public void write(Checkpoint checkpoint) throws IOException {
      Path copy = copy();
      try {
        checkpoint.write(copy);
        store.write(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    }

    private static Path copy() throws IOException {
      return Files.createTempFile("deltagraph-checkpoint", ".safetensors");
    }

    @Override
    public String named() {
      return store.toString();
    }
  }
}
