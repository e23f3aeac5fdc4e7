package io.deltagraph.cli;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.data.InputException;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import io.deltagraph.workloads.MachinePeaks;
import io.deltagraph.workloads.Measurement;
import io.deltagraph.workloads.Pace;
import io.deltagraph.workloads.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph bench [WORKLOAD...]}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = JobsCommand.class,
    description = {
      "Times whole training steps: forward, backward and update on batches in memory.",
      "",
      "Each workload runs until its pace has settled; the figure is the median of nine repeats."
          + " GFLOP/s counts the products of a step alone, 2mnk each, and is set beside what this"
          + " machine's multiply-adds reach in the same run."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph bench",
      "  deltagraph bench W1 W6 --threads 2 --json",
      "  deltagraph bench W2 --profile",
      "  deltagraph bench W4 --quick",
      "  deltagraph bench jobs digits"
    })
final class BenchCommand implements Callable<Integer> {
  /** Whose first step is timed from the start of a process. */
  private static final String STARTED = "W2";

  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD",
      description = "W1 to W7; all of them if none is named.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads share a step; one without this option.")
  private int threads = 1;

  @Option(
      names = "--dtype",
      paramLabel = "f32|f64",
      description = "The type of weights and data; f32 without this option.")
  private SpecOptions.Precision dtype = SpecOptions.Precision.f32;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What does the work; the fastest that is installed without this option.")
  private @Nullable String backend;

  @Option(
      names = "--quick",
      description = "Half a second for each workload: shows that it works, not how fast it is.")
  private boolean quick;

  @Option(
      names = "--profile",
      description = "Show how long each step of a workload's plan takes, the slowest first.")
  private boolean profile;

  @Mixin private OutputOptions shown = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    List<Workload> workloads =
        names.isEmpty()
            ? Workload.ALL
            : names.stream()
                .distinct()
                .map(Workload::named)
                .collect(ImmutableList.toImmutableList());
    Session.Options options = options().withThreads(SpecOptions.atLeastOne("--threads", threads));
    DType type = DType.parse(dtype.name());
    Output out = new Output(command.commandLine(), shown.json());
    Optional<MachinePeaks> limits = MachinePeaks.measure(type, threads);
    List<Measurement> measured = new ArrayList<>();
    for (Workload workload : workloads) {
      out.note("Measuring " + workload.name() + ": " + BenchText.describe(workload) + ".");
      Pace.Effort effort = quick ? Pace.Effort.quick() : Pace.Effort.full();
      measured.add(Measurement.of(workload, type, options, effort, profile));
    }
    Optional<ProcessStart> start =
        workloads.contains(Workload.named(STARTED))
            ? ProcessStart.measure(STARTED, quick ? 1 : 5)
            : Optional.empty();
    BenchText text = new BenchText(options, limits, measured, start);
    out.report(text.text());
    out.result(text.json());
    return 0;
  }

  private Session.Options options() {
    Session.Options defaults = Session.Options.defaults();
    List<Backend> known = Backend.all(OpRegistry.load());
    if (backend == null) {
      return defaults.warming(known.getLast());
    }
    String wanted = backend;
    List<String> names = known.stream().map(Backend::name).toList();
    return defaults.withBackend(
        known.stream()
            .filter(candidate -> candidate.name().equals(wanted))
            .findFirst()
            .orElseThrow(() ->
                new InputException(
                    "--backend",
                    InputException.quoted(wanted),
                    "one of " + String.join(", ", names),
                    InputException.suggestion(wanted, names, "leave the option out"))));
  }
}
