package io.deltagraph.cli;

import io.deltagraph.check.Verdict;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.RunOptions;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.Runs;
import io.deltagraph.experiments.spec.DataSpec;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.run.RunPage;
import io.deltagraph.runtime.Session;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.training.DivergedException;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltagraph train SPEC}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model, checks its gradients before and after, scores it and saves it.",
      "",
      "Every gradient is computed in three ways: by automatic differentiation, by the delta"
          + " formulas on plain arrays, and by central differences."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph train digits --seed 7",
      "  deltagraph train digits --report run.html",
      "  deltagraph train iris --json > iris.txt",
      "  deltagraph train digits --resume",
      "  deltagraph train my-spec.json --epochs 50 --output models/mine"
    })
final class TrainCommand implements Callable<Integer> {
  /** Of more rows a picture in characters shows nothing. */
  private static final int MOST_POINTS = 2_000;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private ReportOption page = new ReportOption();

  @Option(names = "--epochs", paramLabel = "N", description = "The most passes over the rows.")
  private @Nullable Integer epochs;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description =
          "Where to save the model: PATH.json and PATH.safetensors. Without it NAME.model in this"
              + " folder.")
  private @Nullable Path output;

  @Option(
      names = "--resume",
      description =
          "Go on with a run of the same spec that was cut off: the model is the same to the bit. If"
              + " none has left anything, training begins anew.")
  private boolean resume;

  @Option(
      names = "--anomaly",
      description =
          "Look through every step for numbers that are not finite, and name the first: slow.")
  private boolean anomaly;

  @Option(
      names = "--no-pictures",
      description =
          "Leave out what a terminal shows besides: the loss as bars and, of two columns, the"
              + " boundary in characters.")
  private boolean noPictures;

  @Override
  public Integer call() throws IOException {
    TrainingSpec asked = spec.spec();
    if (epochs != null) {
      asked = asked.withEpochs(SpecOptions.atLeastOne("--epochs", epochs));
    }
    Path stem = output == null ? Path.of(asked.name() + ".model") : output;
    List<Path> model = List.of(ModelFiles.json(stem), ModelFiles.weights(stem));
    InputFiles inputs = inputs(asked);
    inputs.spare(stem, "the model does", model);
    try (ReportOption.Target target = page.open(inputs.with("model", model))) {
      return train(asked, stem, target);
    }
  }

  private int train(TrainingSpec asked, Path stem, ReportOption.Target target) throws IOException {
    OpRegistry ops = shared.registry();
    Session.prepare(ops, EnumSet.of(DType.F64, asked.dtype())); // checks are in f64
    Output out = new Output(command.commandLine(), shared.json());
    RunText text = new RunText(out, RunReport.Files.of(stem));
    RunReport report;
    try {
      RunOptions options = new RunOptions(Runs.Curves.TRAINING, resume, anomaly, page.isAsked());
      report = Runs.train(asked, spec.folder(), stem, ops, options, text);
    } catch (DivergedException e) {
      if (text.untilDivergence().isPresent()) {
        RunReport until = text.untilDivergence().get();
        target.write(() -> RunPage.of(until, ops, page.typed()), out);
      }
      if (text.left().isPresent()) {
        out.result(RunJson.failed(asked, text.left().get()));
      }
      throw e;
    }
    if (!noPictures && Terminal.showsProgress()) {
      pictures(asked, report, ops, out);
    }
    target.write(() -> RunPage.of(report, ops, page.typed()), out);
    out.result(RunJson.train(report));
    if (report.verdict() != Verdict.FAIL) {
      return 0;
    }
    out.note(
        report.training().isEmpty()
            ? "deltagraph: the gradient check failed, so nothing was trained; the table names the"
                + " entry."
            : "deltagraph: a check failed; its table is above.");
    return Failures.CHECK_FAILED;
  }

  private void pictures(TrainingSpec asked, RunReport report, OpRegistry ops, Output out)
      throws IOException {
    if (report.training().isPresent() && !report.training().get().curve().points().isEmpty()) {
      out.note("\n" + CharacterPictures.loss(report.training().get().curve()));
    }
    boolean small =
        report
            .data()
            .filter(data -> data.features().size() == 2 && data.training() <= MOST_POINTS)
            .isPresent();
    if (small && report.files().isPresent()) {
      Experiment experiment = Experiment.of(asked, spec.folder(), ops);
      if (CharacterPictures.hasBoundary(experiment)) {
        SavedModel model = SavedModel.load(report.files().get().stem(), ops);
        out.note("\n" + CharacterPictures.boundary(experiment, model));
      }
    }
  }

  private InputFiles inputs(TrainingSpec asked) {
    List<Path> table =
        switch (asked.data().source()) {
          case DataSpec.Source.BuiltIn ignored -> List.of();
          case DataSpec.Source.Csv(String path) -> List.of(spec.folder().resolve(path));
        };
    return new InputFiles()
        .with("spec", spec.file().stream().toList())
        .with("table", table)
        .with("plugin", shared.plugins());
  }
}
