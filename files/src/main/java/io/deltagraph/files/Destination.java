package io.deltagraph.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where what is written to a path ends up.
 *
 * @param path the file that its symbolic links lead to, whether or not there is one yet
 * @param replaced whether a new file takes its place in one step; else it is a device, a pipe or a
 *     stream that the process was given, and is written straight into
 */
record Destination(Path path, boolean replaced) {
  private static final int MOST_LINKS = 40;
  private static final Path STREAMS = Path.of("/proc");

  /**
   * Follows the links of a path.
   *
   * @throws FileSystemException for a folder, links in a circle, or a device that cannot be written
   */
  static Destination of(Path asked) throws IOException {
    if (Files.isDirectory(asked)) {
      throw new FileSystemException(asked.toString(), null, "it is a folder");
    }
    if (Files.exists(asked) && !Files.isRegularFile(asked)) {
      return straight(asked);
    }
    Path path = followed(asked);
    // What a stream was redirected to may be in use by others, who would not see another file.
    return isStream(path) ? straight(asked) : new Destination(path, true);
  }

  /** Where the links of a path lead, but for one to an open stream, which is no path. */
  static Path followed(Path asked) throws IOException {
    Path path = asked;
    for (int links = 0; Files.isSymbolicLink(path) && !isStream(path); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(asked.toString(), null, "its links lead in a circle");
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  private static boolean isStream(Path path) throws IOException {
    return Files.isSymbolicLink(path) && Disk.folder(path).toRealPath().startsWith(STREAMS);
  }

  private static Destination straight(Path asked) throws IOException {
    if (!Files.isWritable(asked)) {
      throw new AccessDeniedException(asked.toString());
    }
    return new Destination(asked, false);
  }

  /** The same, for a file that must be replaced in one step. */
  static Path replaced(Path asked) throws IOException {
    Destination destination = of(asked);
    if (!destination.replaced()) {
      throw new FileSystemException(
          asked.toString(), null, "it is a device or a pipe, from which no model can be loaded");
    }
    return destination.path();
  }
}
