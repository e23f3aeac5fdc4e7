package io.deltagraph.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** What saving does to a file system; tests let each step fail. */
interface Storage {

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Makes a new file in place of any of that name; its bytes are on the disk when this returns. */
  void write(Path file, Content content) throws IOException;

  /** Renames a file, replacing any of the new name, in one step that is on the disk afterwards. */
  void move(Path from, Path to) throws IOException;

  /** Removes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Whether there is such a file. */
  boolean exists(Path file);

  /** The files of a folder. */
  List<Path> files(Path folder) throws IOException;
}
