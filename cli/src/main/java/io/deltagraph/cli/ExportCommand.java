package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.print.TextTable;
import io.deltagraph.serving.ExchangeFormat;
import io.deltagraph.serving.ExchangeFormat.Compared;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph export MODEL --format onnx}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a saved model for other programs, from raw cells to predictions.",
      "",
      "--verify runs the file in ONNX Runtime and compares the values of all ops; its jar"
          + " (com.microsoft.onnxruntime:onnxruntime) is given by --runtime."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph export iris.model --format onnx",
      "  deltagraph export iris.model --verify --runtime onnxruntime-1.29.0.jar --data held.csv"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(
      paramLabel = "MODEL",
      description = "What 'train' has saved, with or without the ending .json.")
  private Path model = Path.of("");

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write; without it beside the model, with the format as ending.")
  private @Nullable Path output;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description = "The version of the format's ops, for older or newer readers (default: 18).")
  private @Nullable Integer opset;

  @Option(
      names = "--verify",
      description = "Run the file in ONNX Runtime on random rows, and say what differs, op by op.")
  private boolean verify;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "With --verify: a CSV file of further rows, such as those that were held out.")
  private @Nullable Path data;

  @Option(
      names = "--runtime",
      paramLabel = "JAR",
      description = "With --verify: the jar of ONNX Runtime for Java.")
  private @Nullable Path runtime;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --verify: of the random rows (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    SavedModel saved = ModelOptions.load(model, shared.registry());
    ExchangeFormat.Exported exported =
        format.format().export(saved, opset == null ? OptionalInt.empty() : OptionalInt.of(opset));
    Path target = target();
    new InputFiles()
        .with("model", ModelFiles.files(model))
        .with("plugin", shared.plugins())
        .spare(target, "the file does", List.of(target));
    exported.save(target);
    Output out = new Output(command.commandLine(), shared.json());
    out.report(
        "Wrote "
            + target
            + ": opset "
            + exported.version()
            + ", "
            + exported.nodes()
            + " nodes\n  takes "
            + String.join(", ", exported.inputs())
            + "\n  gives "
            + String.join(", ", exported.outputs()));
    ObjectNode json =
        Json.object()
            .put("file", target.toString())
            .put("opset", exported.version())
            .put("nodes", exported.nodes());
    exported.inputs().forEach(json.putArray("inputs")::add);
    exported.outputs().forEach(json.putArray("outputs")::add);
    boolean agrees = !verify || compared(exported, out, json);
    out.result(json);
    return agrees ? 0 : Failures.CHECK_FAILED;
  }

  private Path target() {
    if (output != null) {
      return output;
    }
    String name = String.valueOf(ModelFiles.json(model).getFileName());
    return model.resolveSibling(name.replaceAll("(\\.model)?\\.json$", "") + "." + format.name());
  }

  private boolean compared(ExchangeFormat.Exported exported, Output out, ObjectNode json)
      throws IOException {
    Optional<CsvTable> table =
        Optional.ofNullable(data).map(file -> CsvTable.read(file, CsvLimits.DEFAULT));
    List<Compared> values = exported.compare(Optional.ofNullable(runtime), table, seed);
    TextTable lines = TextTable.of("value", "op", "type", "random rows", "data", "");
    ArrayNode list = json.putArray("values");
    for (Compared value : values) {
      lines.row(
          value.name(),
          value.op(),
          value.type(),
          number(value.random()),
          table.isPresent() ? number(value.rows()) : "",
          value.agrees() ? "ok" : "DIFFERS");
      ObjectNode one = list.addObject().put("name", value.name()).put("op", value.op());
      Json.put(one, "random", value.random());
      Json.put(one, "rows", value.rows());
      one.put("agrees", value.agrees());
    }
    out.report("");
    out.report(lines.text());
    boolean agrees = values.stream().allMatch(Compared::agrees);
    out.report(
        "\nverdict  "
            + (agrees ? "PASS" : "FAIL: first at " + first(values))
            + " (differences in units of what is larger than 1)");
    json.put("agrees", agrees);
    return agrees;
  }

  private static String first(List<Compared> values) {
    return values.stream()
        .filter(value -> !value.agrees())
        .map(Compared::name)
        .findFirst()
        .map(Objects::requireNonNull)
        .orElse("");
  }

  private static String number(double gap) {
    return gap == 0 ? "0" : String.format(Locale.ROOT, "%.1e", gap);
  }
}
