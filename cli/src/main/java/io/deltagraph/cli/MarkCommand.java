package io.deltagraph.cli;

import static java.util.Objects.requireNonNull;

import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.data.InputException;
import io.deltagraph.derivations.explain.TextbookDerivation;
import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.language.DerivationReader;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.UnusableFile;
import io.deltagraph.derivations.marking.Marker;
import io.deltagraph.derivations.marking.Marking;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.ExperimentCheck;
import io.deltagraph.experiments.spec.OptimizerSpec;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpId;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.derivation.MarkingPage;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph mark SPEC FILE}. */
@Command(
    name = "mark",
    mixinStandardHelpOptions = true,
    description = {
      "Marks a derivation of a model's gradients, written as in a notebook or in code: each line is"
          + " compared with automatic differentiation at random weights, and what makes a wrong one"
          + " right is named.",
      "",
      "One equation a line, such as 'delta1 = (delta2 @ W2) .* sigma'(Z1)'."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph mark iris my-derivation.txt",
      "  deltagraph mark xor my-derivation.txt --json",
      "",
      "Exit codes: 0 all right, 1 anything wrong or in doubt, 2 no line could be read."
    })
final class MarkCommand implements Callable<Integer> {
  private static final double USUAL_RATE = 0.1;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private ReportOption page = new ReportOption();

  @Parameters(index = "1", paramLabel = "FILE", description = "The derivation, text in UTF-8.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    TrainingSpec asked = spec.spec();
    InputFiles inputs =
        new InputFiles()
            .with("spec", spec.file().stream().toList())
            .with("derivation", List.of(file));
    try (ReportOption.Target target = page.open(inputs)) {
      return mark(asked, target);
    }
  }

  private int mark(TrainingSpec asked, ReportOption.Target target) throws IOException {
    OpRegistry ops = shared.registry();
    DerivationReader reader =
        new DerivationReader(ops.ids().stream().map(OpId::name).collect(Collectors.toSet()));
    Derivation derivation = read(reader);
    Experiment experiment = Experiment.of(asked, spec.folder(), ops);
    spec.plain(experiment.plan());
    Samples samples = ExperimentCheck.of(experiment).samples();
    Marker marker =
        Marker.of(
                experiment.plan(),
                ops,
                samples.inputs(),
                samples.targets(),
                asked.optimizer().map(OptimizerSpec::learningRate).orElse(USUAL_RATE),
                asked.seed(),
                rightLines(experiment.plan(), ops, asked.seed()))
            .withClosedForms(point -> closedForms(experiment.plan(), ops, point));
    Marking marking = marker.mark(derivation);
    Output out = new Output(command.commandLine(), shared.json());
    out.report(MarkText.of(marking, derivation));
    String name = String.valueOf(file.getFileName());
    target.write(() -> MarkingPage.of(name, marking, derivation, page.typed()), out);
    out.result(MarkJson.of(marking));
    return unusable(derivation, marking)
        ? Failures.BAD_INPUT
        : marking.verdict() == Marking.Verdict.RIGHT ? 0 : Failures.CHECK_FAILED;
  }

  /** The lines as {@code explain} prints them; none where it cannot. */
  private static Function<Expression.Name, Optional<String>> rightLines(
      NetworkPlan plan, OpRegistry ops, long seed) {
    try {
      return TextbookDerivation.of(Network.build(plan.in(DType.F64), ops, Seeds.of(seed)))::line;
    } catch (GraphException e) {
      return name -> Optional.empty();
    }
  }

  private static Map<String, Tensor> closedForms(
      NetworkPlan plan, OpRegistry ops, Map<String, Tensor> point) {
    Samples rows = new Samples(requireNonNull(point.get("X")), requireNonNull(point.get("T")));
    return CrossCheck.closedForms(plan, ops, point, rows);
  }

  private static boolean unusable(Derivation derivation, Marking marking) {
    return derivation.lines().isEmpty()
        || (!marking.lines().isEmpty()
            && marking.lines().stream().allMatch(line -> line.verdict() == Marking.Verdict.UNREAD)
            && marking.lines().size() == derivation.lines().size());
  }

  /** No more of the file than a derivation may have is taken into memory. */
  private Derivation read(DerivationReader reader) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return reader.read(in.readNBytes(DerivationReader.MOST_BYTES + 1));
    } catch (UnusableFile e) {
      throw new InputException(
          file.toString(),
          "what is no derivation",
          "one equation a line",
          String.valueOf(e.getMessage()));
    }
  }
}
