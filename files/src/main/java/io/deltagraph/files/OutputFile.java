package io.deltagraph.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is going to be written, opened before the work whose result it takes, so that what
 * stands in the way is known at once.
 *
 * <p>Symbolic links are followed. What is written goes beside the file, under a name of its own for
 * each process, and then takes its place in one step: a failure leaves the old file as it was, and
 * nothing beside it, also where the process is told to end. A device, a pipe or a stream that the
 * process was given is written straight into. After the process has begun to end, {@link #write}
 * does not return.
 */
public final class OutputFile implements AutoCloseable {
  private static final String REMEDY =
      "Choose a file in a folder that can be written, or let the shell redirect standard output.";

  private final Path asked;
  private final Destination destination;
  private final Ending ending = new Ending(this::discard, () -> {});
  private volatile @Nullable Path aside;

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of them; the stream is closed by others. */
    void write(OutputStream out) throws IOException;
  }

  private OutputFile(Path asked, Destination destination) {
    this.asked = asked;
    this.destination = destination;
  }

  /**
   * Makes sure that a file can be written; its folder is made where there is none.
   *
   * @throws ModelFileException if it cannot: the reason, and what to do
   */
  public static OutputFile open(Path asked) throws ModelFileException {
    try {
      OutputFile file = new OutputFile(asked, Destination.of(asked));
      try {
        file.reserve();
        return file;
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw ModelFileException.unwritable(asked, e, REMEDY);
    }
  }

  private void reserve() throws IOException {
    if (destination.replaced()) {
      ending.during(() -> aside = Disk.reserve(destination.path()));
    }
  }

  /**
   * Writes the file, once.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void write(Content content) throws ModelFileException {
    try {
      if (destination.replaced()) {
        ending.during(() -> replace(content));
      } else {
        straight(content);
      }
    } catch (IOException e) {
      throw ModelFileException.unwritable(asked, e, REMEDY);
    }
  }

  private void replace(Content content) throws IOException {
    Path written = aside;
    if (written == null) {
      throw new IllegalStateException(asked + " is written or closed already.");
    }
    Disk.fill(written, content);
    new Disk().move(written, destination.path());
    aside = null;
  }

  private void straight(Content content) throws IOException {
    // Appending is how a stream that was redirected to a file goes on; devices and pipes do so
    // anyway.
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(
                destination.path(), StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
      content.write(out);
    }
  }

  /** Lets go of the file; what was not written is as it was before. */
  @Override
  public void close() {
    ending.close();
  }

  private void discard() {
    Path left = aside;
    aside = null;
    if (left != null) {
      Disk.discard(left);
    }
  }
}
