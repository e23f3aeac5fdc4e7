package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.experiments.spec.SpecWriter;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.files.ModelOutput;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.DivergedException;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** One training run from the check before it to the saved model. */
final class TrainingRun {
  /** The fields that a run may be resumed with others of. */
  private static final Set<String> MAY_CHANGE =
      ImmutableSet.of(
          "epochs",
          "stopBelow",
          "patience",
          "minDelta",
          "timeLimit",
          "metrics",
          "threads",
          "seed"); // the trainer looks at it itself

  private final RunTime time;
  private final Experiment experiment;
  private final TrainingSpec spec;
  private final Path folder;
  private final ModelOutput output;
  private final Autosave autosave;
  private final OpLookup ops;
  private final RunOptions options;
  private final RunListener listener;
  private final RunReport.Data data;
  private final Network network;
  private final RunReport.Net net;
  private final List<RunReport.Check> checks = new ArrayList<>();
  private final List<RunReport.Comparison> comparisons = new ArrayList<>();
  private boolean interrupted;
  private Optional<CrossValidation> validation = Optional.empty();
  private Optional<RunReport.Training> training = Optional.empty();
  private Optional<Divergence> divergence = Optional.empty();
  private Optional<RunReport.Scores> scores = Optional.empty();
  private Optional<RunReport.Files> files = Optional.empty();
  private Optional<RunDetails> details = Optional.empty();
  private List<RunDetails.Moment> moments = List.of();

  TrainingRun(
      RunTime time,
      Experiment experiment,
      Path folder,
      ModelOutput output,
      OpLookup ops,
      RunOptions options,
      RunListener listener) {
    this.time = time;
    this.experiment = experiment;
    this.spec = experiment.spec();
    this.folder = folder;
    this.output = output;
    this.autosave =
        new Autosave((parameters, done) -> model(parameters).keep(output, done), System::nanoTime);
    this.ops = ops;
    this.options = options;
    this.listener = listener;
    this.data = Overview.data(experiment);
    this.network = Network.build(experiment.plan(), ops, Seeds.of(spec.seed()));
    this.net = Overview.net(experiment, network);
  }

  /** Runs; if no model is saved in the end, the listener is told what is kept of it. */
  RunReport run() throws IOException {
    output.whenEnding(() -> {
      if (!output.isSaved()) {
        listener.stopped(autosave.kept());
      }
    });
    try {
      all();
      return report();
    } catch (DivergedException e) {
      if (divergence.isEmpty()) { // while a fold was held out
        diverged(e, 0, new RunReport.Curve(Recorder.measure(experiment), List.of()), List.of());
      }
      time.spentOn(RunReport.Phase.TRAINING);
      details = details.map(known -> known.until(moments));
      listener.diverged(report());
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (!output.isSaved()) {
        autosave.kept().ifPresent(listener::failed);
      }
    }
  }

  private void all() throws IOException {
    // Made before anything is told, since the spec may name no optimizer that there is.
    Trainer trainer = Trainers.of(spec, network);
    listener.opened(spec, data, net);
    ExperimentCheck check = ExperimentCheck.of(experiment);
    time.spentOn(RunReport.Phase.DATA);
    GradientReport before = check.before(ops);
    checked(Runs.before(check, before, ops));
    detail(check, before);
    time.spentOn(RunReport.Phase.CHECK);
    if (checks.getFirst().gradients().verdict() == Verdict.FAIL) {
      return;
    }
    validate();
    TrainingResult result = train(trainer, check);
    // What training has come to is still to be saved, and an interrupted thread cannot write.
    interrupted = Thread.interrupted();
    time.spentOn(RunReport.Phase.TRAINING);
    GradientReport after = check.at(result.parameters(), ops);
    checked(Runs.after(check, after, result.parameters(), ops));
    time.spentOn(RunReport.Phase.CHECK_AFTER);
    for (RunReport.Comparison comparison : Comparisons.of(experiment, result, ops)) {
      comparisons.add(comparison);
      listener.compared(comparison);
    }
    time.spentOn(RunReport.Phase.COMPARISONS);
    SavedModel model = model(result.parameters());
    Predictions predictions = score(model);
    detail(after, result.parameters(), predictions);
    time.spentOn(RunReport.Phase.SCORES);
    if (RunReport.verdict(checks, comparisons) == Verdict.FAIL) {
      autosave.now(result.epochs(), result.parameters());
    } else {
      save(model);
    }
    time.spentOn(RunReport.Phase.SAVE);
  }

  private RunReport report() {
    return new RunReport(
        time.ended(),
        Optional.of(spec),
        Optional.of(data),
        Optional.of(net),
        checks,
        validation,
        training,
        divergence,
        comparisons,
        scores,
        files,
        output.isSaved() ? Optional.empty() : autosave.kept(),
        details);
  }

  /** Keeps what is drawn of a run that ends here, where it is asked for. */
  private void detail(ExperimentCheck check, GradientReport before) {
    if (options.detailed()) {
      details =
          Optional.of(
              new RunDetails(
                  experiment,
                  check,
                  check.weights(ops),
                  before,
                  Optional.empty(),
                  Map.of(),
                  List.of(),
                  Optional.empty()));
    }
  }

  /** The same of one that has trained. */
  private void detail(GradientReport after, Map<String, Tensor> trained, Predictions predictions) {
    details =
        details.map(known ->
            new RunDetails(
                known.experiment(),
                known.check(),
                known.start(),
                known.before(),
                Optional.of(after),
                trained,
                moments,
                Optional.of(predictions)));
  }

  private void checked(RunReport.Check check) {
    checks.add(check);
    listener.checked(check);
  }

  private void diverged(
      DivergedException e, double seconds, RunReport.Curve curve, List<Double> lastSteps) {
    divergence =
        Optional.of(new Divergence(String.valueOf(e.getMessage()), seconds, curve, lastSteps));
  }

  /** Scores by folds, where the spec asks for them. */
  private void validate() {
    int folds = spec.split().folds();
    if (folds > 0) {
      CrossValidation done =
          CrossValidation.of(spec, folder, folds, ImmutableList.of(spec.seed()), ops);
      validation = Optional.of(done);
      listener.validated(done);
      time.spentOn(RunReport.Phase.FOLDS);
    }
  }

  private TrainingResult train(Trainer trainer, ExperimentCheck check) throws IOException {
    int all = experiment.training().count();
    int rows = all - spec.stopping().validationRows(all);
    Path checkpoint = Runs.checkpoint(output.stem());
    if (!options.resume()) {
      Files.deleteIfExists(checkpoint);
    }
    long start = System.nanoTime();
    TrainingResult result;
    Recorder recorder;
    try (TrainingProbe probe =
            options.detailed() ? TrainingProbe.of(experiment, check, ops) : null;
        RunListener.TrainingWatch watch =
            listener.training(spec.epochs(), rows, Recorder.measure(experiment));
        HeldOutLoss heldOut = HeldOutLoss.of(experiment, network, options.curves())) {
      recorder = new Recorder(experiment, heldOut, watch, autosave, Optional.ofNullable(probe));
      try {
        result =
            Trainers.train(
                spec,
                (options.anomaly() ? trainer.anomaly() : trainer)
                    .settings(settings(spec))
                    .checkpointMeanwhile(checkpoint, options.resume()),
                experiment.training(),
                recorder);
      } catch (DivergedException e) {
        DivergedException told =
            e.numbering(
                row -> experiment.split().train().get(row) + 1,
                "from 1 as the rows of the table stand");
        diverged(told, (System.nanoTime() - start) * 1e-9, recorder.curve(), recorder.lastSteps());
        throw told;
      } finally {
        moments = probe == null ? List.of() : probe.moments();
      }
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    OptionalDouble bound = spec.stopBelow();
    RunReport.Training done =
        new RunReport.Training(
            result.epochs(),
            result.loss(),
            bound.isPresent() && result.loss() < bound.getAsDouble()
                ? bound
                : OptionalDouble.empty(),
            result.end(),
            result.bestEpoch(),
            (long) (result.epochs() - recorder.resumedAfter()) * rows,
            seconds,
            recorder.pace(),
            recorder.curve());
    training = Optional.of(done);
    listener.trained(done);
    return result;
  }

  private SavedModel model(Map<String, Tensor> parameters) {
    return experiment.model(network, parameters);
  }

  /** What must be the same to go on; what only ends training may change. */
  private static Map<String, String> settings(TrainingSpec spec) {
    return Maps.filterKeys(SpecWriter.fields(spec), name -> !MAY_CHANGE.contains(name));
  }

  private void save(SavedModel model) throws IOException {
    model.save(output);
    Files.deleteIfExists(Runs.checkpoint(output.stem()));
    RunReport.Files saved = RunReport.Files.of(output.stem());
    files = Optional.of(saved);
    listener.saved(saved);
  }

  private Predictions score(SavedModel model) {
    Experiment.Labelled rows = experiment.held();
    Predictions predictions =
        rows.stored().isPresent()
            ? model.predict(rows.count(), rows::inputs)
            : model.predict(rows.samples().inputs());
    boolean held = !experiment.split().test().isEmpty();
    RunReport.Scores done =
        ScoreRemarks.scores(
            held ? RunReport.ScoredRows.HELD_OUT : RunReport.ScoredRows.TRAINING,
            spec.metrics(),
            experiment.held().target(),
            predictions,
            model.codomain());
    scores = Optional.of(done);
    listener.scored(done);
    return predictions;
  }
}
