package io.deltagraph.cli;

import io.deltagraph.registry.OpRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command. */
final class SharedOptions {
  @Option(
      names = "--json",
      description = "Write one JSON object to standard output, and all else to standard error.")
  private boolean json;

  @Option(
      names = "--plugins",
      arity = "1..*",
      paramLabel = "JAR",
      description = "Jars with further ops. Everything up to the next option is taken for a jar.")
  private final List<Path> plugins = new ArrayList<>();

  @Option(
      names = "--no-plugins",
      description = "Use the ops of this project alone, whatever else is installed beside it.")
  private boolean noPlugins;

  @Option(names = "--stacktrace", description = "Show where in the program an error arose.")
  private boolean stacktrace;

  boolean json() {
    return json;
  }

  boolean stacktrace() {
    return stacktrace;
  }

  /** The ops to work with. */
  OpRegistry registry() {
    return noPlugins ? Plugins.none() : Plugins.load(plugins);
  }
}
