package io.deltagraph.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Bytes that can be read more than once. */
sealed interface CsvSource {
  /** What to call it in errors. */
  String name();

  /** How many bytes there are. */
  long size();

  /** Begins at the first byte. */
  InputStream open() throws IOException;

  /**
   * Bytes in memory.
   *
   * @param bytes which nobody changes any more
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(String name, byte[] bytes) implements CsvSource {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /**
   * A file.
   *
   * @param changed when it was written last
   */
  record InFile(Path file, long size, FileTime changed) implements CsvSource {
    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public InputStream open() throws IOException {
      if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(changed)) {
        throw DataErrors.changed(name());
      }
      return Files.newInputStream(file);
    }
  }

  /**
   * What a file holds; a pipe, which can be read once only, is taken into memory.
   *
   * @throws InputException if it cannot be read or does not fit into the limits
   */
  static CsvSource of(Path file, CsvLimits limits) {
    if (!Files.exists(file)) {
      throw DataErrors.notFound(file);
    }
    if (Files.isDirectory(file)) {
      throw DataErrors.folder(file);
    }
    try {
      if (Files.isRegularFile(file)) {
        return new InFile(file, Files.size(file), Files.getLastModifiedTime(file));
      }
      long most = Math.min(Math.min(limits.memory(), Heap.free()), Integer.MAX_VALUE - 16);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes((int) most + 1);
        if (bytes.length > most) {
          throw DataErrors.longPipe(file.toString(), most);
        }
        return new InMemory(file.toString(), bytes);
      }
    } catch (IOException e) {
      throw DataErrors.unreadable(file.toString(), reason(e));
    }
  }

  /** Why something cannot be read, in a few words. */
  static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
  }

  /** The line of a position, the first being 1. */
  default long line(long position) throws IOException {
    long line = 1;
    try (InputStream in = new BufferedInputStream(open())) {
      for (long at = 0; at < position; at++) {
        line += in.read() == '\n' ? 1 : 0;
      }
    }
    return line;
  }

  /** The first MiB, as text. */
  default String start() {
    try (InputStream in = open()) {
      return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw DataErrors.unreadable(name(), reason(e));
    }
  }
}
