package io.deltagraph.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What saving does to a file system; tests let each step fail. */
interface Storage {

  /**
   * Makes a new file beside that one, under a name that nothing else has; its bytes are on the disk
   * when this returns, and if it fails there is no such file.
   */
  Path aside(Path file, OutputFile.Content content) throws IOException;

  /** Renames a file, replacing any of the new name, in one step that is on the disk afterwards. */
  void move(Path from, Path to) throws IOException;

  /** Removes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Whether there is such a file. */
  boolean exists(Path file);

  /** The files of a folder. */
  List<Path> files(Path folder) throws IOException;
}
