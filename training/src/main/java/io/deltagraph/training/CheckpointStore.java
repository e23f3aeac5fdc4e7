package io.deltagraph.training;

import java.io.IOException;
import java.nio.file.Path;

/** Where a checkpoint is kept, if that is no file of this machine. Its text is for messages. */
public interface CheckpointStore {

  /** Whether there is one. */
  boolean exists() throws IOException;

  /** Copies it to a local file. */
  void read(Path to) throws IOException;

  /**
   * Puts a local file in its place, so that whoever reads has the one before or this one, whole.
   */
  void write(Path from) throws IOException;
}
