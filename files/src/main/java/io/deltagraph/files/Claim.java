package io.deltagraph.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says to others that this process writes a file: by a locked file beside it, which is empty. The
 * lock goes with the process, however that ends, and whoever comes next removes such a file without
 * a lock. Each claim has a file of its own, so that none is ever opened twice in a process: closing
 * the second would give up the lock of the first.
 */
final class Claim implements AutoCloseable {
  private static final String ENDING = ".writing";
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Path file;
  private final FileChannel channel;

  private Claim(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Claims a file, or waits a little and tries again, since two that begin at once may both give
   * way.
   *
   * @throws ModelFileException if another process, or another thread of this one, has claimed it
   * @throws IOException if nothing can be written beside the file
   */
  static Claim of(Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Claim claim = make(target);
      @Nullable String other = claim == null ? null : claim.other(target);
      if (claim != null && other == null) {
        return claim;
      }
      if (claim != null) {
        claim.close();
      }
      if (attempt == ATTEMPTS) {
        throw taken(target, other);
      }
      long own = ProcessHandle.current().pid() + Thread.currentThread().threadId();
      LockSupport.parkNanos(PAUSE.toNanos() * (1 + own % 7) * attempt);
    }
  }

  /** A locked file of its own; null if another has just taken it for one that was left behind. */
  private static @Nullable Claim make(Path target) throws IOException {
    Path file = Disk.reserve(target, ENDING);
    Claim claim = new Claim(file, FileChannel.open(file, StandardOpenOption.WRITE));
    if (lock(claim.channel) && Files.exists(file)) {
      return claim;
    }
    claim.close();
    return null;
  }

  /** Whether the lock is free; where a file system has none, a claim is taken to hold. */
  private static boolean lock(FileChannel channel) {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException unsupported) {
      return true;
    }
  }

  /** The number of another process that claims the file. */
  private @Nullable String other(Path target) throws IOException {
    Pattern claims = Pattern.compile(Disk.reserved(String.valueOf(target.getFileName()), ENDING));
    List<Path> files;
    try (Stream<Path> listed = Files.list(Disk.folder(target))) {
      files = listed.toList();
    }
    for (Path other : files) {
      Matcher matcher = claims.matcher(String.valueOf(other.getFileName()));
      if (matcher.matches()
          && !other.getFileName().equals(file.getFileName())
          && isHeld(other, matcher.group())) {
        return matcher.group(1);
      }
    }
    return null;
  }

  private static boolean isHeld(Path other, String name) {
    if (name.contains("." + Disk.process() + "-")) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
      if (!lock(channel)) {
        return true;
      }
      Disk.discard(other);
      return false;
    } catch (IOException gone) {
      return false;
    }
  }

  private static ModelFileException taken(Path target, @Nullable String other) {
    String own = Long.toString(ProcessHandle.current().pid());
    return new ModelFileException(
        (other == null || other.equals(own) ? "This process" : "Process " + other)
            + " is writing this model already.",
        target.toString(),
        "",
        "Wait until that has ended, or choose another name for this one.",
        null);
  }

  @Override
  public void close() {
    Disk.discard(file);
    try {
      channel.close();
    } catch (IOException gone) {
      return; // What was locked is no more.
    }
  }
}
