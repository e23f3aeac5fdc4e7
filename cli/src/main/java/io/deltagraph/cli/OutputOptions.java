package io.deltagraph.cli;

import picocli.CommandLine.Option;

/** Options of every command: how it says what it says. */
final class OutputOptions {
  @Option(
      names = "--json",
      description = "Write one JSON object to standard output, and all else to standard error.")
  private boolean json;

  @Option(names = "--stacktrace", description = "Show where in the program an error arose.")
  private boolean stacktrace;

  boolean json() {
    return json;
  }

  /** Asked of the arguments where an error is reported. */
  boolean stacktrace() {
    return stacktrace;
  }
}
