package io.deltagraph.cli;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
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
  /** The commands by their names, in the order in which the help lists them. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand.class);
    commands.put("train", TrainCommand.class);
    commands.put("check", CheckCommand.class);
    commands.put("predict", PredictCommand.class);
    commands.put("evaluate", EvaluateCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("export", ExportCommand.class);
    commands.put("import", ImportCommand.class);
    commands.put("ops", OpsCommand.class);
    commands.put("graph", GraphCommand.class);
    commands.put("explain", ExplainCommand.class);
    commands.put("mark", MarkCommand.class);
    commands.put("show", ShowCommand.class);
    commands.put("plan", PlanCommand.class);
    commands.put("bench", BenchCommand.class);
    commands.put("spec", SpecCommand.class);
    commands.put("rehearse", RehearseCommand.class);
    return commands;
  }

  /**
   * Runs the command and ends the process with its exit code: 0 done, 1 a check failed, 2 bad usage
   * or input.
   */
  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput();
    CommandLine command = commandLine(arguments).setOut(out.writer());
    System.exit(out.end(command.execute(arguments), command.getErr()));
  }

  /**
   * The command, with those parts that arguments ask for: to read the options of all of them takes
   * longer than many a run.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine all = new CommandLine(new Main());
    needed(arguments).forEach(all::addSubcommand);
    return all.setColorScheme(Help.defaultColorScheme(Terminal.ansi()))
        .setExecutionExceptionHandler(Failures::report)
        .setParameterExceptionHandler(Failures::misused);
  }

  private static Map<String, Class<?>> needed(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (first.equals("--version") || first.equals("-V")) {
      return ImmutableMap.of();
    }
    Class<?> own = COMMANDS.get(first);
    return own == null ? COMMANDS : ImmutableMap.of(first, own);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
