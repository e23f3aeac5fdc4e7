package io.deltagraph.cli;

import io.deltagraph.registry.Shown;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it failed, which {@link System#out} does not tell. After a
 * failure nothing more is written, and the command goes on: what it saves does not depend on who
 * reads along.
 */
final class StandardOutput extends OutputStream {
  private static final int KINDS = 0xF000;
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xC000;

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final PrintWriter writer =
      new PrintWriter(new OutputStreamWriter(this, System.out.charset()), true);
  private @Nullable IOException failure;

  /** What commands write to. */
  PrintWriter writer() {
    return writer;
  }

  /** The exit code of a command in the end: if its output did not arrive, that is said. */
  int end(int exitCode, PrintWriter err) {
    writer.flush();
    IOException cause = failure;
    if (cause == null || readerHasLeft(cause)) {
      return exitCode;
    }
    err.print(
        Shown.text(
            "deltagraph: standard output cannot be written: "
                + cause.getMessage()
                + ". What was printed is not whole: free space, or redirect it elsewhere.\n"));
    err.flush();
    return Failures.BAD_INPUT;
  }

  /** Whoever reads a pipe may stop when it has enough. */
  private static boolean readerHasLeft(IOException cause) {
    try {
      int kind = KINDS & (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
      return kind == PIPE || kind == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException other) {
      return String.valueOf(cause.getMessage()).contains("pipe");
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (failure == null) {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
