package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.ExampleCheck;
import io.deltagraph.data.InputException;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.print.TextTable;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.run.RunPage;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deltagraph check SPEC}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the gradients of a model at random weights, in f64 on a batch of its own rows:"
          + " automatic differentiation beside the delta formulas and central differences.",
      "",
      "SPEC may also be 'worked-example': the published numbers of a softmax classifier's single"
          + " step beside the true ones, every slip by its name."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph check digits",
      "  deltagraph check my-spec.json --seed 3 --json",
      "  deltagraph check worked-example",
      "",
      "Ends with 1 if the verdict is fail."
    })
final class CheckCommand implements Callable<Integer> {
  private static final String EXAMPLE = "worked-example";

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private ReportOption page = new ReportOption();

  @Override
  public Integer call() throws IOException {
    Output out = new Output(command.commandLine(), shared.json());
    OpRegistry ops = shared.registry();
    if (spec.named(EXAMPLE) && page.isAsked()) {
      throw new InputException(
          "--report", EXAMPLE, "a spec", "leave it out: its tables are all that there is of it");
    }
    Verdict verdict = spec.named(EXAMPLE) ? example(out, ops) : check(out, ops);
    return verdict == Verdict.FAIL ? Failures.CHECK_FAILED : 0;
  }

  private Verdict check(Output out, OpRegistry ops) throws IOException {
    InputFiles inputs =
        new InputFiles()
            .with("spec", spec.file().stream().toList())
            .with("plugin", shared.plugins());
    try (ReportOption.Target target = page.open(inputs)) {
      return check(out, ops, target);
    }
  }

  private Verdict check(Output out, OpRegistry ops, ReportOption.Target target) throws IOException {
    Session.prepare(ops, Set.of(DType.F64)); // whatever the net trains in
    RunReport report = Runs.check(spec.spec(), spec.folder(), ops, page.isAsked());
    report
        .checks()
        .forEach(check -> out.report(report.origin().name() + ": " + CheckText.of(check)));
    target.write(() -> RunPage.of(report, ops, page.typed()), out);
    out.result(RunJson.check(report));
    return report.verdict();
  }

  private static Verdict example(Output out, OpRegistry ops) {
    ExampleCheck check = ExampleCheck.of(ops);
    TextTable table = TextTable.of("quantity", "autodiff − true");
    ObjectNode json = Json.object().put("verdict", RunJson.name(check.verdict()));
    ArrayNode quantities = json.putArray("quantities");
    for (ExampleCheck.Quantity quantity : check.quantities()) {
      table.row(quantity.name(), String.format(Locale.ROOT, "%.1e", quantity.difference()));
      ObjectNode one = quantities.addObject().put("name", quantity.name());
      Json.put(one, "difference", quantity.difference());
    }
    Json.put(json, "closedForm", check.report().worstClosedForm());
    Json.put(json, "finiteDifferences", check.report().worstFiniteDifferences());
    out.paragraph(check.table());
    out.paragraph("The true numbers by automatic differentiation\n\n" + table.text());
    out.report(check.report().toText());
    out.result(json);
    return check.verdict();
  }
}
