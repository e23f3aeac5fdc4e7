package io.deltagraph.files;

import java.io.IOException;
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

  /** What is wrong, a sentence. */
  public String what() {
    return what;
  }

  /** The file, as it was asked for. */
  public String file() {
    return file;
  }
}
