package io.deltagraph.cli;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.InputException;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.CompiledModel;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.workloads.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph bench jobs [SPEC...]}. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = {
      "Times whole jobs as a user runs them, each in a process of its own.",
      "",
      "A training from the start of the process to its end, phase by phase, and how soon it was at"
          + " full speed; a check; --version; and one row by a predictor that is kept. All figures"
          + " are medians."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph bench jobs",
      "  deltagraph bench jobs digits --epochs 400 --runs 3",
      "  deltagraph bench jobs digits --busy 4 --json"
    })
final class JobsCommand implements Callable<Integer> {
  private static final ImmutableList<String> USUAL =
      ImmutableList.of("digits", "breast-cancer", "iris", "house-prices", "xor");

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private OutputOptions shown = new OutputOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "SPEC",
      description =
          "Names of built-in sets or paths of specs; without any digits, breast-cancer, iris,"
              + " house-prices and xor.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each is run, in turn; 5 without this option.")
  private int runs = 5;

  @Option(names = "--epochs", paramLabel = "N", description = "The most passes over the rows.")
  private @Nullable Integer epochs;

  @Option(
      names = "--busy",
      paramLabel = "N",
      description = "So many threads of this command keep processors busy meanwhile.")
  private int busy;

  @Option(
      names = "--quick",
      description = "One run of each: shows that it works, not how fast it is.")
  private boolean quick;

  @Override
  public Integer call() throws IOException, InterruptedException {
    runs = quick ? 1 : SpecOptions.atLeastOne("--runs", runs);
    OwnCommand own =
        OwnCommand.find()
            .orElseThrow(() ->
                new InputException(
                    "bench jobs",
                    "no command line of its own",
                    "a process that was started as ./deltagraph is",
                    "run it by ./deltagraph"));
    Output out = new Output(command.commandLine(), shown.json());
    Path folder = Files.createTempDirectory("deltagraph-jobs");
    try (Busy beside = Busy.of(busy)) {
      List<JobFigures> measured = measure(own, folder, out);
      JobsText text = new JobsText(measured, runs, beside.threads().size(), predictor(folder, out));
      out.report(text.text());
      out.result(text.json());
    } finally {
      delete(folder);
    }
    return 0;
  }

  /** All jobs once, then all of them again, so that what disturbs for a while disturbs them all. */
  private List<JobFigures> measure(OwnCommand own, Path folder, Output out)
      throws IOException, InterruptedException {
    List<String> specs = names.isEmpty() ? USUAL : names.stream().distinct().toList();
    List<String> more = epochs == null ? List.of() : List.of("--epochs", Integer.toString(epochs));
    List<JobFigures> measured = new ArrayList<>();
    // The first spec comes last, so that its model is there in the end.
    specs.reversed().forEach(spec -> measured.add(JobFigures.of(Job.train(spec, folder, more))));
    measured.add(JobFigures.of(Job.check(specs.getFirst())));
    measured.add(JobFigures.of(Job.version()));
    for (int run = 1; run <= runs; run++) {
      out.note("Run %d of %d.".formatted(run, runs));
      for (JobFigures job : measured) {
        job.add(job.job().run(own, folder));
      }
    }
    return measured;
  }

  /** How many microseconds a row alone takes by the model that was trained last. */
  private Pace predictor(Path folder, Output out) throws IOException {
    out.note("Predicting row by row.");
    CompiledModel model = SavedModel.load(folder.resolve("m"), OpRegistry.load()).compiled();
    double[] row = new double[model.features()];
    double[] outputs = new double[model.outputs()];
    Pace.Effort effort = quick ? Pace.Effort.quick() : Pace.Effort.full();
    return Pace.of(number -> model.predict(row, outputs), model::isSettled, effort);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Threads that compute nothing of use. */
  private record Busy(List<Thread> threads) implements AutoCloseable {
    static Busy of(int count) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        threads.add(
            Thread.ofPlatform()
                .daemon()
                .start(() -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                }));
      }
      return new Busy(threads);
    }

    @Override
    public void close() {
      threads.forEach(Thread::interrupt);
    }
  }
}
