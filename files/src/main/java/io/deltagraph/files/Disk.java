package io.deltagraph.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real file system. */
final class Disk implements Storage {

  /** Reads a file of that many bytes. */
  @FunctionalInterface
  interface Reading<T> {
    T read(InputStream in, long size) throws IOException;
  }

  @Override
  public void write(Path file, Content content) throws IOException {
    Files.createDirectories(folder(file));
    Files.deleteIfExists(file);
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.write(out);
      out.flush();
      channel.force(true);
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
    } catch (NoSuchFileException e) {
      throw unreadable(file, "There is no such file.", e);
    } catch (IOException e) {
      throw unreadable(file, "It cannot be read: " + Names.shown(e.toString()) + ".", e);
    }
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
