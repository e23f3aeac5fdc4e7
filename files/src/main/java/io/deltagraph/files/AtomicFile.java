package io.deltagraph.files;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a file aside and moves it into place, so that a failure leaves the old one whole. */
final class AtomicFile {
  private AtomicFile() {}

  static void write(Storage storage, Path file, Storage.Content content) throws ModelFileException {
    Path aside = aside(file);
    try {
      storage.write(aside, content);
      storage.move(aside, file);
    } catch (IOException e) {
      discard(storage, aside);
      throw failed(file, e);
    }
  }

  static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /** Removes what a failed or earlier save left; that it stays is no failure of this one. */
  static void discard(Storage storage, Path file) {
    try {
      storage.delete(file);
    } catch (IOException stays) {
      return;
    }
  }

  static ModelFileException failed(Path file, IOException e) {
    return e instanceof ModelFileException refusal
        ? refusal
        : new ModelFileException(
            "It cannot be written: " + Names.shown(e.toString()) + ".",
            file.toString(),
            "",
            ModelFileException.MAKE_ROOM,
            e);
  }
}
