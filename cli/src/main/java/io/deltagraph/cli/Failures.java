package io.deltagraph.cli;

import io.deltagraph.data.InputException;
import io.deltagraph.graph.GraphException;
import io.deltagraph.registry.Shown;
import io.deltagraph.training.CheckpointException;
import io.deltagraph.training.DivergedException;
import io.deltagraph.training.TooLittleMemoryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user reads, and the exit code, when a command does not end as it should. */
final class Failures {
  static final int CHECK_FAILED = 1;
  static final int BAD_INPUT = 2;
  private static final int BUG = 1;

  private Failures() {}

  /** For {@link CommandLine#setExecutionExceptionHandler}. */
  static int report(Exception e, CommandLine command, ParseResult result) {
    PrintWriter err = command.getErr();
    boolean input = isInput(e);
    err.print(Shown.text("deltagraph: " + (input ? message(e) : "this is a bug: " + e) + "\n"));
    if (wantsTrace(result)) {
      e.printStackTrace(err);
    } else if (!input) {
      err.print("Please report it with what --stacktrace shows.\n");
    }
    err.flush();
    return input ? BAD_INPUT : BUG;
  }

  /** A sentence, also of the JDK's exceptions that carry a path alone. */
  private static String message(Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return switch (cause) {
      case AccessDeniedException denied ->
          denied.getFile() + ": permission is denied. Check its permissions and its folder's.";
      case NoSuchFileException missing ->
          missing.getFile() + ": there is no such file or folder. Check the path.";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": it cannot be used. Check the path.";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static boolean isInput(Exception e) {
    return e instanceof InputException
        || e instanceof GraphException
        || e instanceof DivergedException
        || e instanceof CheckpointException
        || e instanceof TooLittleMemoryException
        || e instanceof IOException
        || e instanceof UncheckedIOException
        || e instanceof InvalidPathException;
  }

  private static boolean wantsTrace(ParseResult result) {
    return result.expandedArgs().contains("--stacktrace")
        || result.originalArgs().contains("--stacktrace");
  }

  /** For {@link CommandLine#setParameterExceptionHandler}. */
  static int misused(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.print(Shown.text("deltagraph: " + e.getMessage() + "\n"));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.print("Try '" + command.getCommandSpec().qualifiedName() + " --help'.\n");
    err.flush();
    return BAD_INPUT;
  }
}
