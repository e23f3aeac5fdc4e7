package io.deltagraph.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of the {@code deltagraph} command. */
@Command(
    name = "deltagraph",
    description = "Builds, trains and checks networks of graph ops.",
    mixinStandardHelpOptions = true,
    version = "deltagraph 0.1.0-SNAPSHOT",
    subcommands = {
      InitCommand.class,
      TrainCommand.class,
      CheckCommand.class,
      PredictCommand.class,
      EvaluateCommand.class,
      ServeCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      OpsCommand.class,
      GraphCommand.class,
      ExplainCommand.class,
      MarkCommand.class,
      ShowCommand.class,
      PlanCommand.class,
      BenchCommand.class,
      SpecCommand.class,
      RehearseCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph train digits --seed 7",
      "  deltagraph check iris",
      "  deltagraph predict digits.model --data mine.csv",
      "  deltagraph serve digits.model --port 8080",
      "  deltagraph export digits.model --format onnx",
      "  deltagraph graph xor --format latex --gradient",
      "  deltagraph explain xor --steps",
      "  deltagraph show perceptron --open",
      "  deltagraph spec optimizer",
      "  deltagraph bench W1 W6",
      "",
      "Exit codes: 0 done, 1 a check failed (or a bug), 2 bad usage or input."
    })
final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /**
   * Runs the command and ends the process with its exit code: 0 done, 1 a check failed, 2 bad usage
   * or input.
   */
  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput();
    CommandLine command = commandLine().setOut(out.writer());
    System.exit(out.end(command.execute(arguments), command.getErr()));
  }

  /** The command with all its parts. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setColorScheme(Help.defaultColorScheme(Terminal.ansi()))
        .setExecutionExceptionHandler(Failures::report)
        .setParameterExceptionHandler(Failures::misused);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
