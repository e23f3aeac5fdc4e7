package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.experiments.SpecDraft;
import io.deltagraph.files.OutputFile;
import io.deltagraph.print.TextTable;
import io.deltagraph.registry.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph init TABLE}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a spec for a table, which trains at once, and says why it is as it is.",
      "",
      "'deltagraph spec FIELD' shows what else a field may hold."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph init houses.csv --target price",
      "  deltagraph train houses.json"
    })
final class InitCommand implements Callable<Integer> {
  private static final String CSV = ".csv";

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(paramLabel = "TABLE", description = "A CSV file with a line of column names.")
  private Path table = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "The column to predict; without it the last one.")
  private @Nullable String target;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write the spec; without it the table's name with .json, here.")
  private @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    CsvTable read = CsvTable.read(table);
    Path spec = output == null ? Path.of(name() + ".json") : output;
    if (Files.exists(spec)) {
      throw new InputException(
          spec.toString(), "a file that is there already", "none", "choose another by --output");
    }
    SpecDraft draft =
        SpecDraft.of(read, relative(spec), target == null ? read.columns().getLast() : target);
    try (OutputFile file = OutputFile.open(spec)) {
      file.write(stream -> stream.write(draft.json().getBytes(StandardCharsets.UTF_8)));
    }
    Output out = new Output(command.commandLine(), shared.json());
    TextTable columns = TextTable.of("column", "taken for", "why");
    draft
        .columns()
        .forEach(one -> columns.row(Shown.line(one.column()), one.as(), Shown.line(one.why())));
    out.paragraph(columns.text());
    out.paragraph(String.join("\n", draft.choices()));
    out.report("Wrote " + spec + ". Train it with: deltagraph train " + spec);
    out.result(json(draft, spec));
    return 0;
  }

  private String name() {
    String file = String.valueOf(table.getFileName());
    return file.endsWith(CSV) ? file.substring(0, file.length() - CSV.length()) : file;
  }

  /** The table as the spec names it: from the folder of the spec, where there is a way. */
  private String relative(Path spec) {
    Path folder = spec.toAbsolutePath().normalize().getParent();
    Path file = table.toAbsolutePath().normalize();
    return folder == null || folder.getRoot() == null || !folder.getRoot().equals(file.getRoot())
        ? file.toString()
        : folder.relativize(file).toString();
  }

  private static ObjectNode json(SpecDraft draft, Path spec) {
    ObjectNode json = Json.object().put("spec", spec.toString());
    ArrayNode columns = json.putArray("columns");
    draft
        .columns()
        .forEach(one ->
            columns
                .addObject()
                .put("column", one.column())
                .put("taken", one.as())
                .put("why", one.why()));
    draft.choices().forEach(json.putArray("choices")::add);
    return json;
  }
}
