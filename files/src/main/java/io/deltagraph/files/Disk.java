package io.deltagraph.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real file system. */
class Disk implements Storage {

  /** Reads a file of that many bytes. */
  @FunctionalInterface
  interface Reading<T> {
    T read(InputStream in, long size) throws IOException;
  }

  /** What the names of files end with that take the place of others when they are whole. */
  static final String ASIDE = ".tmp";

  @Override
  public Path aside(Path file, OutputFile.Content content) throws IOException {
    Path aside = reserve(file);
    try {
      fill(aside, content);
      return aside;
    } catch (IOException | RuntimeException | Error e) {
      discard(aside);
      throw e;
    }
  }

  /** Makes an empty file beside that one, and the folder where there is none. */
  static Path reserve(Path file) throws IOException {
    return reserve(file, ASIDE);
  }

  /** The same with another ending. */
  static Path reserve(Path file, String ending) throws IOException {
    Files.createDirectories(folder(file));
    int number = 1;
    while (true) {
      String name = file.getFileName() + "." + process() + "-" + number + ending;
      try {
        return Files.createFile(file.resolveSibling(name));
      } catch (FileAlreadyExistsException taken) {
        number++;
      }
    }
  }

  /** What no other process is called: a number may come again, but not at the same moment. */
  static String process() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + Long.toString(start, Character.MAX_RADIX);
  }

  /** Which names {@link #reserve} gives, for a pattern; the group is the number of the process. */
  static String reserved(String name, String ending) {
    return Pattern.quote(name) + "\\.([0-9]+)-[0-9a-z]+-[0-9]+" + Pattern.quote(ending);
  }

  /** Writes the bytes of a file that is there; they are on the disk when this returns. */
  static void fill(Path file, OutputFile.Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.write(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Removes what a failed save left; that it stays is no failure of its own. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      return;
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(folder(to));
  }

  /** Some systems cannot flush a folder; there the rename is as durable as they make it. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      return;
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  /** Opens a regular file, so that a device or a pipe cannot feed a reader for ever. */
  static <T> T read(Path file, Reading<T> reading) throws ModelFileException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw unreadable(file, "It is not a file.", null);
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
        return reading.read(in, channel.size());
      }
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static ModelFileException unreadable(Path file, IOException e) {
    return unreadable(
        file,
        e instanceof NoSuchFileException
            ? "There is no such file."
            : "It cannot be read: " + ModelFileException.reason(file, e) + ".",
        e);
  }

  private static ModelFileException unreadable(Path file, String what, @Nullable Throwable cause) {
    return new ModelFileException(
        what,
        file.toString(),
        "",
        "Check the path and its permissions; a model is a .json file with a .safetensors beside it.",
        cause);
  }
}
