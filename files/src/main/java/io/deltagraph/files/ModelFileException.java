package io.deltagraph.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one thing that readers and writers of files throw: what is wrong, in which file, at which
 * place of it, and what to do.
 */
public final class ModelFileException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String what;
  private final String file;

  /** The remedy for content that cannot be trusted. */
  static final String RESTORE =
      "The file is damaged or was not written by this program: save it again, or take a copy.";

  /** The remedy for a file that cannot be written. */
  static final String MAKE_ROOM =
      "Free space or choose a folder that can be written; what was saved before is untouched.";

  ModelFileException(
      String what, String file, String where, String remedy, @Nullable Throwable cause) {
    super(
        what
            + "\n  file    "
            + Names.shown(file)
            + (where.isEmpty() ? "" : "\n  at      " + where)
            + "\n  do      "
            + remedy,
        cause);
    this.what = what;
    this.file = file;
  }

  static ModelFileException unwritable(Path file, IOException e, String remedy) {
    return e instanceof ModelFileException refusal
        ? refusal
        : new ModelFileException(
            "It cannot be written: " + reason(file, e) + ".", file.toString(), "", remedy, e);
  }

  /** Why something cannot be done to a file, as the end of a sentence. */
  static String reason(Path file, IOException e) {
    String why =
        switch (e) {
          case AccessDeniedException denied -> "permission is denied";
          case NoSuchFileException missing -> "there is no such file or folder";
          case FileAlreadyExistsException inTheWay -> "something else has that name";
          case FileSystemException other when other.getReason() != null -> other.getReason();
          default -> String.valueOf(e.getMessage());
        };
    @Nullable String other = e instanceof FileSystemException failed ? failed.getFile() : null;
    return Names.shown(why)
        + (other == null || isBeside(Path.of(other), file) ? "" : " (" + Names.shown(other) + ")");
  }

  /** Whether it is that file, or what is written beside it first. */
  private static boolean isBeside(Path other, Path file) {
    return Disk.folder(other).equals(Disk.folder(file));
  }

  /** What is wrong, a sentence. */
  public String what() {
    return what;
  }

  /** The file, as it was asked for. */
  public String file() {
    return file;
  }
}
