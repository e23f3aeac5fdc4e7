package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientSummary;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.data.ColumnTypes;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.files.ModelOutput;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.NonFinite;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs what a spec or a table asks for; what a run came to is a value, and nothing is printed. */
public final class Runs {
  private Runs() {}

  /** Which losses a curve of training shows. */
  public enum Curves {
    /** Those of the rows trained on, which training computes anyway. */
    TRAINING,
    /** Those of the held-out rows too, which costs a pass over them after each epoch. */
    HELD_OUT_TOO
  }

  /**
   * Trains: checks the gradients, scores the folds where the spec asks for them, trains, checks
   * again, compares, scores and saves. Where the first check fails nothing is trained, and the
   * report ends with it. A model that is there already stays until this one is saved; where that
   * does not come about, what there was last is kept beside it, and the listener is told where.
   *
   * @param folder what relative paths in the spec are relative to
   * @param stem where the model goes; no other process may write it meanwhile
   * @throws IOException if the model cannot be saved, told before anything runs where it can be
   * @throws io.deltagraph.data.InputException for data, an optimizer or an option that do not fit
   * @throws io.deltagraph.training.DivergedException if training diverges
   */
  public static RunReport train(
      TrainingSpec spec, Path folder, Path stem, OpLookup ops, Curves curves, RunListener listener)
      throws IOException {
    return train(spec, folder, stem, ops, new RunOptions(curves, false, false, false), listener);
  }

  /**
   * The same, or goes on with a run that was cut off: what training had come to is kept in {@link
   * #checkpoint} once a second, until the model is saved.
   *
   * @throws io.deltagraph.training.CheckpointException if that was a run of another spec or of
   *     other rows
   */
  public static RunReport train(
      TrainingSpec spec,
      Path folder,
      Path stem,
      OpLookup ops,
      RunOptions options,
      RunListener listener)
      throws IOException {
    RunTime time = RunTime.of(spec.name());
    try (ModelOutput output = ModelOutput.claim(stem)) {
      Experiment experiment = Experiment.of(spec, folder, ops);
      return new TrainingRun(time, experiment, folder, output, ops, options, listener).run();
    }
  }

  /** The file that a run which was cut off is resumed from. */
  public static Path checkpoint(Path stem) {
    String weights = String.valueOf(ModelFiles.weights(stem).getFileName());
    String name = weights.substring(0, weights.lastIndexOf('.'));
    return stem.resolveSibling(name + ".checkpoint.safetensors");
  }

  /**
   * Checks the gradients of a spec's net at random weights.
   *
   * @param folder what relative paths in the spec are relative to
   * @throws io.deltagraph.data.InputException for data that do not fit the spec
   */
  public static RunReport check(TrainingSpec spec, Path folder, OpLookup ops) {
    return check(spec, folder, ops, false);
  }

  /**
   * The same, and keeps what else is drawn of it.
   *
   * @param detailed whether it does
   */
  public static RunReport check(TrainingSpec spec, Path folder, OpLookup ops, boolean detailed) {
    RunTime time = RunTime.of(spec.name());
    Experiment experiment = Experiment.of(spec, folder, ops);
    Network network = Network.build(experiment.plan(), ops, Seeds.of(spec.seed()));
    ExperimentCheck check = ExperimentCheck.of(experiment);
    time.spentOn(RunReport.Phase.DATA);
    GradientReport gradients = check.before(ops);
    RunReport.Check done = before(check, gradients, ops);
    time.spentOn(RunReport.Phase.CHECK);
    return new RunReport(
        time.ended(),
        Optional.of(spec),
        Optional.of(Overview.data(experiment)),
        Optional.of(Overview.net(experiment, network)),
        ImmutableList.of(done),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        detailed
            ? Optional.of(
                new RunDetails(
                    experiment,
                    check,
                    check.weights(ops),
                    gradients,
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    Optional.empty()))
            : Optional.empty());
  }

  /**
   * Scores a saved model on a table with the column to predict.
   *
   * @param stem where the model was loaded from
   * @param metrics those to score by besides; none means the usual ones
   * @throws io.deltagraph.data.InputException for a column or a cell that is missing or not known,
   *     or a metric that does not fit
   */
  public static RunReport evaluate(
      SavedModel model, Path stem, CsvTable table, List<Metric> metrics) {
    RunTime time = RunTime.of(model.name());
    Outcome outcome = model.preparation().outcome();
    Targets truth = outcome.read(table);
    time.spentOn(RunReport.Phase.DATA);
    RunReport.Scores scores =
        ScoreRemarks.scores(
            RunReport.ScoredRows.TABLE, metrics, truth, model.predict(table), model.codomain());
    time.spentOn(RunReport.Phase.SCORES);
    RunReport.Data data =
        new RunReport.Data(
            table.source(),
            outcome.column(),
            model.preparation().scaling().names(),
            switch (outcome) {
              case Outcome.Classes classes -> classes.names();
              case Outcome.Numbers numbers -> List.of();
            },
            0,
            table.rows(),
            "All rows of the table are scored.",
            ColumnTypes.describe(table, model.preparation().columns()));
    return new RunReport(
        time.ended(),
        Optional.empty(),
        Optional.of(data),
        Optional.empty(),
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(),
        Optional.of(scores),
        Optional.of(RunReport.Files.of(stem)),
        Optional.empty(),
        Optional.empty());
  }

  static RunReport.Check before(ExperimentCheck check, GradientReport report, OpLookup ops) {
    return new RunReport.Check(
        RunReport.Check.Moment.BEFORE,
        check.samples().count(),
        report.summary(),
        CrossCheck.remark(check.plan(), ops),
        report.verdict() == Verdict.PASS
            ? Optional.empty()
            : check.firstNonFinite(ops).map(NonFinite::toString));
  }

  static RunReport.Check after(
      ExperimentCheck check, GradientReport report, Map<String, Tensor> parameters, OpLookup ops) {
    GradientSummary gradients = report.summary();
    return new RunReport.Check(
        RunReport.Check.Moment.AFTER,
        check.samples().count(),
        gradients,
        gradients.verdict() == Verdict.INCONCLUSIVE
            ? Optional.of(check.standstill(parameters, ops))
            : Optional.empty(),
        Optional.empty());
  }
}
