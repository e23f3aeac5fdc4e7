package io.deltagraph.cli;

import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.Trainers;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Network;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltagraph plan SPEC}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Prints how a training step runs: forward, backward and update as one plan.",
      "",
      "One line per step: what it reads and fills (#n is a buffer), how many instructions it takes"
          + " for each element, and the floating-point operations of products, 2mnk each."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph plan xor",
      "  deltagraph plan digits --rows 64 --json"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many rows the step takes; the spec's batch, or all, without this option.")
  private @Nullable Integer rows;

  @Override
  public Integer call() throws IOException {
    TrainingSpec asked = spec.spec();
    OpRegistry ops = shared.registry();
    Experiment experiment = Experiment.of(asked, spec.folder(), ops);
    Network network = Network.build(experiment.plan(), ops, Seeds.of(asked.seed()));
    Plan plan =
        Planner.plan(
            Trainers.of(asked, network).graph(), Map.of(Network.BATCH, rows(experiment, asked)));
    PlanText text = new PlanText(plan);
    Output out = new Output(command.commandLine(), shared.json());
    out.report(text.text());
    out.result(text.json());
    return 0;
  }

  private int rows(Experiment experiment, TrainingSpec asked) {
    if (rows != null) {
      return SpecOptions.atLeastOne("--rows", rows);
    }
    int all = experiment.training().count();
    return Math.min(all, asked.batch().orElse(all));
  }
}
