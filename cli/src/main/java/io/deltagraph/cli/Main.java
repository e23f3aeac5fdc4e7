package io.deltagraph.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of the {@code deltagraph} command. */
@Command(
    name = "deltagraph",
    description = "Builds, trains and checks networks of graph ops.",
    mixinStandardHelpOptions = true,
    version = "deltagraph 0.1.0-SNAPSHOT")
final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs the command and ends the process with its exit code: 0 done, 1 a check failed, 2 bad usage
   * or input.
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
