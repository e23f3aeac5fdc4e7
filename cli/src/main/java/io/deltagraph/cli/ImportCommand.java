package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.graph.Value;
import io.deltagraph.serving.ExchangeFormat;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph import FILE}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a model of another program and saves it as 'train' does.",
      "",
      "A model from one matrix of rows to another is one for tables: 'predict', 'evaluate' and"
          + " 'serve' take it. Any other is saved as a graph with its parameters, for programs."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph import net.onnx",
      "  deltagraph import net.onnx --output net && deltagraph predict net --data mine.csv"
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(paramLabel = "FILE", description = "A file in the format.")
  private Path file = Path.of("");

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--output",
      paramLabel = "STEM",
      description = "Where to save, without an ending (default: beside it, NAME.imported).")
  private @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    String name = String.valueOf(file.getFileName()).replaceAll("\\.[^.]*$", "");
    Path stem = output == null ? file.resolveSibling(name + ".imported") : output;
    new InputFiles()
        .with("file", List.of(file))
        .with("plugin", shared.plugins())
        .spare(stem, "the model does", ModelFiles.files(stem));
    ExchangeFormat.Imported read = format.format().read(file, name, shared.registry());
    if (read.table().isPresent()) {
      SavedModel model = read.table().get();
      model.save(stem);
    } else {
      ModelFiles.save(stem, read.graph(), read.parameters(), Map.of());
    }
    Output out = new Output(command.commandLine(), shared.json());
    out.report(text(read, stem));
    out.result(json(read, stem));
    return 0;
  }

  private String text(ExchangeFormat.Imported read, Path stem) {
    long numbers = read.parameters().values().stream().mapToLong(Tensor::length).sum();
    Stream<String> left =
        read.leftOut().isEmpty()
            ? Stream.of()
            : Stream.of("  left out    " + String.join(", ", read.leftOut()));
    return Stream.of(
            Stream.of(
                "Read "
                    + file
                    + ": opset "
                    + read.version()
                    + (read.writer().isEmpty() ? "" : ", written by " + read.writer()),
                "  operators   "
                    + new TreeMap<>(read.operators())
                        .entrySet().stream()
                            .map(entry -> entry.getValue() + " " + entry.getKey())
                            .collect(Collectors.joining(", ")),
                "  takes       " + values(read.graph().inputs().stream()),
                "  gives       "
                    + read.graph().outputs().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue().type())
                        .collect(Collectors.joining(", ")),
                "  parameters  %d, of %,d numbers".formatted(read.parameters().size(), numbers)),
            left,
            Stream.of(
                "Saved as "
                    + ModelFiles.json(stem)
                    + " and "
                    + ModelFiles.weights(stem)
                    + (read.table().isPresent()
                        ? "; 'predict', 'evaluate' and 'serve' take it."
                        : ", a graph for programs: it does not go from one matrix of rows to"
                            + " another, as models for tables do.")))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  private static String values(Stream<? extends Value> values) {
    return values
        .map(value -> value.label() + ": " + value.type())
        .collect(Collectors.joining(", "));
  }

  private ObjectNode json(ExchangeFormat.Imported read, Path stem) {
    ObjectNode json =
        Json.object()
            .put("file", file.toString())
            .put("model", ModelFiles.json(stem).toString())
            .put("opset", read.version())
            .put("writer", read.writer())
            .put("forTables", read.table().isPresent());
    ObjectNode operators = json.putObject("operators");
    read.operators().forEach(operators::put);
    ObjectNode inputs = json.putObject("inputs");
    read.graph().inputs().forEach(input -> inputs.put(input.label(), input.type().toString()));
    ObjectNode outputs = json.putObject("outputs");
    read.graph().outputs().forEach((name, value) -> outputs.put(name, value.type().toString()));
    ObjectNode parameters = json.putObject("parameters");
    read.parameters().forEach((name, tensor) -> parameters.put(name, tensor.type().toString()));
    read.leftOut().forEach(json.putArray("leftOut")::add);
    return json;
  }
}
