package io.deltagraph.cli;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.files.GraphJson;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.print.Printer;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltagraph graph SPEC}. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description = "Prints a model's graph from its inputs to its predictions and its loss.",
    footer = {
      "",
      "Examples:",
      "  deltagraph graph digits",
      "  deltagraph graph xor --format latex --gradient",
      "  deltagraph graph iris --format dot | dot -Tsvg > iris.svg"
    })
final class GraphCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Option(
      names = "--format",
      paramLabel = "text|latex|dot|json",
      description = "How to write it; text without this option.")
  private Format format = Format.text;

  @Option(
      names = "--gradient",
      description = "Also the gradient of the loss with respect to every parameter.")
  private boolean gradient;

  /** How a graph is written. */
  enum Format {
    text,
    latex,
    dot,
    json
  }

  @Override
  public Integer call() throws IOException {
    TrainingSpec asked = spec.spec();
    OpRegistry ops = shared.registry();
    Experiment experiment = Experiment.of(asked, spec.folder(), ops);
    Network network = Network.build(experiment.plan(), ops, Seeds.of(asked.seed()));
    Graph graph = gradient ? withGradients(network) : network.evaluation();
    Format chosen = shared.json() ? Format.json : format;
    String text =
        switch (chosen) {
          case text -> Printer.of(graph).text();
          case latex -> Printer.of(graph).latex();
          case dot -> Printer.of(graph).dot();
          case json -> GraphJson.write(graph);
        };
    new Output(command.commandLine(), false).report(text);
    return 0;
  }

  private static Graph withGradients(Network network) {
    Gradient gradients = Gradient.of(network.loss(), network.parameters());
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    outputs.put(Network.OUTPUTS, network.outputs()).put(Network.LOSS, network.loss());
    for (GraphParameter parameter : network.parameters()) {
      outputs.put("gradient of " + parameter.label(), gradients.wrt(parameter));
    }
    return network.inputs().builder().graph(outputs.buildOrThrow());
  }
}
