package io.deltagraph.cli;

import io.deltagraph.registry.OpRegistry;
import io.deltagraph.registry.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that works with ops. */
final class SharedOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--plugins",
      arity = "1..*",
      paramLabel = "JAR",
      description = "Jars with further ops. Everything up to the next option is taken for a jar.")
  private final List<Path> plugins = new ArrayList<>();

  @Option(
      names = "--allow-plugins",
      arity = "1..*",
      paramLabel = "NAME",
      description =
          "Take ops from these modules, jars or jars' titles alone, beside this project's own; of"
              + " others no code runs. 'deltagraph ops' lists the names.")
  private final List<String> allowed = new ArrayList<>();

  @Option(
      names = "--no-plugins",
      description = "Use the ops of this project alone, whatever else is installed beside it.")
  private boolean noPlugins;

  boolean json() {
    return output.json();
  }

  /** The jars that were named. */
  List<Path> plugins() {
    return List.copyOf(plugins);
  }

  /** The ops to work with; what was left out is told on standard error. */
  OpRegistry registry() {
    OpRegistry registry = listed();
    registry.failures().forEach(failure -> tell("Left out: " + failure));
    return registry;
  }

  /** The ops to work with, for a command that lists what was left out itself. */
  OpRegistry listed() {
    OpRegistry registry = noPlugins ? Plugins.none() : Plugins.load(plugins, allowed);
    String why =
        noPlugins
            ? "--no-plugins keeps it out"
            : "--allow-plugins does not name it, its module or its title";
    Plugins.barred(plugins, registry).forEach(jar -> tell("Left out: " + jar + ": " + why + "."));
    return registry;
  }

  private void tell(String line) {
    command.commandLine().getErr().println(Shown.text(line));
    command.commandLine().getErr().flush();
  }
}
