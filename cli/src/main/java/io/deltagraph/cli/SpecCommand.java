package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.experiments.SpecGuide;
import io.deltagraph.experiments.spec.SpecReference;
import io.deltagraph.print.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph spec [FIELD]}. */
@Command(
    name = "spec",
    mixinStandardHelpOptions = true,
    description = "Shows what the fields of a spec are.",
    footer = {
      "",
      "Examples:",
      "  deltagraph spec",
      "  deltagraph spec optimizer",
      "  deltagraph spec --schema > spec.schema.json"
    })
final class SpecCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FIELD",
      description = "A field and those that stand in it, such as optimizer; none means all.")
  private @Nullable String field;

  @Option(names = "--schema", description = "Write the JSON Schema that editors use.")
  private boolean schema;

  @Option(names = "--markdown", description = "Write the page of all fields.")
  private boolean markdown;

  @Override
  public Integer call() {
    Output out = new Output(command.commandLine(), shared.json());
    if (schema) {
      out.print(SpecReference.schema());
      return 0;
    }
    if (markdown) {
      out.print(SpecGuide.markdown());
      return 0;
    }
    if (field == null) {
      TextTable table = TextTable.of("field", "takes", "without it");
      SpecReference.entries()
          .forEach(entry -> table.row(entry.path(), entry.takes(), entry.without()));
      out.paragraph(table.leftAligned());
      out.report("'deltagraph spec FIELD' says what a field means.");
      out.result(json(SpecReference.entries()));
      return 0;
    }
    List<SpecReference.Entry> found = SpecReference.find(field);
    found.forEach(entry -> out.paragraph(text(entry)));
    out.result(json(found));
    return 0;
  }

  private static String text(SpecReference.Entry entry) {
    return entry.path()
        + "\n  "
        + entry.meaning()
        + "\n  takes    "
        + entry.takes()
        + "\n  without  "
        + entry.without()
        + (entry.families().isEmpty() ? "" : "\n  for      " + String.join(", ", entry.families()))
        + "\n  example  "
        + entry.example();
  }

  private static ObjectNode json(List<SpecReference.Entry> entries) {
    ObjectNode json = Json.object();
    ArrayNode fields = json.putArray("fields");
    for (SpecReference.Entry entry : entries) {
      ObjectNode one = fields.addObject().put("path", entry.path()).put("meaning", entry.meaning());
      one.put("takes", entry.takes()).put("without", entry.without());
      one.put("required", entry.required()).put("example", entry.example());
      entry.families().forEach(one.putArray("families")::add);
    }
    return json;
  }
}
