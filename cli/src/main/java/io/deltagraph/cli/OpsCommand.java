package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.View;
import io.deltagraph.print.OpText;
import io.deltagraph.print.TextTable;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.registry.ProviderFailure;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deltagraph ops}. */
@Command(
    name = "ops",
    mixinStandardHelpOptions = true,
    description = "Lists every op with its kind, its formula and where it comes from.",
    footer = {
      "",
      "Examples:",
      "  deltagraph ops",
      "  deltagraph ops --plugins acme-ops.jar",
      "  deltagraph ops --json"
    })
final class OpsCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Override
  public Integer call() {
    OpRegistry registry = shared.listed();
    TextTable table = TextTable.of("op", "kind", "formula", "provider");
    ObjectNode json = Json.object();
    ArrayNode ops = json.putArray("ops");
    for (OpRegistry.Entry entry : registry.entries().values()) {
      String kind = kind(entry.op());
      String formula = OpText.formula(entry.op());
      table.row(entry.op().id().name(), kind, formula, entry.provenance().provider());
      ops.addObject()
          .put("id", entry.op().id().name())
          .put("kind", kind)
          .put("formula", formula)
          .put("provider", entry.provenance().source())
          .put("version", entry.provenance().version())
          .put("class", entry.provenance().className())
          .put("location", entry.provenance().location());
    }
    List<ProviderFailure> failed = Plugins.failures(registry);
    Output out = new Output(command.commandLine(), shared.json());
    out.report(table.leftAligned());
    out.report(
        String.format(Locale.ROOT, "\n%d ops", registry.entries().size())
            + (failed.isEmpty() ? "" : "; not loaded:"));
    failed.forEach(failure -> out.report("  " + failure));
    ArrayNode failures = json.putArray("failures");
    for (ProviderFailure failure : failed) {
      failures
          .addObject()
          .put("id", failure.op())
          .put("provider", failure.provenance().source())
          .put("version", failure.provenance().version())
          .put("class", failure.provenance().className())
          .put("location", failure.provenance().location())
          .put("reason", failure.reason());
    }
    out.result(json);
    return 0;
  }

  private static String kind(Op<?> op) {
    return switch (op) {
      case Pointwise<?> ignored -> "pointwise";
      case Reduction<?> ignored -> "reduction";
      case Contraction<?> ignored -> "contraction";
      case View<?> ignored -> "view";
      case Kernel<?> ignored -> "kernel";
      case Composite<?> ignored -> "composite";
    };
  }
}
