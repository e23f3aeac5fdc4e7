package io.deltagraph.cli;

import io.deltagraph.data.InputException;
import io.deltagraph.derivations.explain.TextbookDerivation;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.derivation.DerivationPage;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltagraph explain SPEC}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Derives the gradients of a model as a textbook does: forward equations, the cost, each delta,"
          + " each gradient."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph explain digits",
      "  deltagraph explain xor --wrt W1 --steps",
      "  deltagraph explain iris --format latex"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private ReportOption page = new ReportOption();

  @Option(
      names = "--wrt",
      paramLabel = "NAME",
      description = "Derive the gradient of this value alone, such as W1, b2 or X.")
  private @Nullable String wrt;

  @Option(
      names = "--steps",
      description =
          "Also how each line comes about: the chain rule, local derivatives, and each rewriting by"
              + " the name of its rule.")
  private boolean steps;

  @Option(
      names = "--format",
      paramLabel = "text|ascii|latex|mathml",
      description = "How to write it; text without this option.")
  private Format format = Format.text;

  @Option(names = "--ascii", description = "The same as --format ascii.")
  private boolean ascii;

  /** How a derivation is written. */
  enum Format {
    text,
    ascii,
    latex,
    mathml
  }

  @Override
  public Integer call() throws IOException {
    TrainingSpec asked = spec.spec();
    InputFiles inputs = new InputFiles().with("spec", spec.file().stream().toList());
    try (ReportOption.Target target = page.open(inputs)) {
      return explain(asked, target);
    }
  }

  private int explain(TrainingSpec asked, ReportOption.Target target) throws IOException {
    OpRegistry ops = shared.registry();
    NetworkPlan plan = spec.plain(Experiment.of(asked, spec.folder(), ops).plan()).in(DType.F64);
    Network network = Network.build(plan, ops, Seeds.of(asked.seed()));
    Graph graph = network.evaluation();
    TextbookDerivation explanation =
        wrt == null
            ? TextbookDerivation.of(network)
            : TextbookDerivation.of(graph, network.loss(), List.of(named(graph, wrt)));
    String text =
        switch (ascii ? Format.ascii : format) {
          case text -> explanation.text(steps);
          case ascii -> explanation.ascii(steps);
          case latex -> explanation.latex(steps);
          case mathml -> explanation.mathml(steps);
        };
    Output out = new Output(command.commandLine(), false);
    out.report(text);
    target.write(() -> DerivationPage.of(asked.name(), explanation, page.typed()), out);
    return 0;
  }

  private static Value named(Graph graph, String name) {
    try {
      return TextbookDerivation.named(graph, name);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--wrt",
          InputException.quoted(name),
          String.valueOf(e.getMessage()),
          "the names are those of 'deltagraph explain SPEC'");
    }
  }
}
