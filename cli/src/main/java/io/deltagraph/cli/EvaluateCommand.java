package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.Target;
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
    CsvTable table = options.table();
    Target truth = model.preparation().outcome().read(table);
    Scores scores = Scores.of(truth, model.predict(table).target());
    Output out = new Output(command.commandLine(), shared.json());
    out.report(model.name() + " on " + table.source() + "\n\n" + scores.text());
    ObjectNode json = Json.object().put("model", options.path().toString());
    json.set("test", scores.json());
    out.result(json);
    return 0;
  }
}
