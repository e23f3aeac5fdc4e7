package io.deltagraph.cli;

import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deltagraph evaluate MODEL --data FILE}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Scores a saved model on a table that has the column to predict.",
    footer = {
      "",
      "Examples:",
      "  deltagraph evaluate iris.model --data more-irises.csv",
      "  deltagraph evaluate iris.model --data more-irises.csv --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private ModelOptions options = new ModelOptions();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Override
  public Integer call() throws IOException {
    SavedModel model = options.load(shared.registry());
    RunReport report = Runs.evaluate(model, options.path(), options.table());
    Output out = new Output(command.commandLine(), shared.json());
    String table = report.data().map(RunReport.Data::name).orElseThrow();
    RunReport.Scores scores = report.scores().orElseThrow();
    out.report(report.origin().name() + " on " + table + "\n\n" + ScoresText.of(scores));
    out.result(RunJson.evaluate(report));
    return 0;
  }
}
