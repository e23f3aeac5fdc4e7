package io.deltagraph.cli;

import io.deltagraph.data.InputException;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "NAME",
      description = "What to score by besides the table of the classes, such as f1_macro,roc_auc.")
  private List<String> metrics = List.of();

  @Override
  public Integer call() throws IOException {
    SavedModel model = options.load(shared.registry());
    RunReport report = Runs.evaluate(model, options.path(), options.table(), chosen());
    Output out = new Output(command.commandLine(), shared.json());
    String table = report.data().map(RunReport.Data::name).orElseThrow();
    RunReport.Scores scores = report.scores().orElseThrow();
    out.report(report.origin().name() + " on " + table + "\n\n" + ScoresText.of(scores));
    out.result(RunJson.evaluate(report));
    return 0;
  }

  private List<Metric> chosen() {
    return metrics.stream()
        .distinct()
        .map(name -> {
          Metric metric = Metric.named().get(name);
          if (metric == null) {
            throw new InputException(
                "--metrics",
                InputException.quoted(name),
                "one of " + String.join(", ", Metric.named().keySet()),
                InputException.suggestion(name, Metric.named().keySet(), "choose one of them"));
          }
          return metric;
        })
        .toList();
  }
}
