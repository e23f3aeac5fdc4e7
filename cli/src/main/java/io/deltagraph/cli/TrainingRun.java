package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.ExperimentCheck;
import io.deltagraph.experiments.Trainers;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;

/** One training run from the check before it to the saved model. */
final class TrainingRun {
  private final Experiment experiment;
  private final TrainingSpec spec;
  private final Path folder;
  private final OpRegistry ops;
  private final Output out;
  private final Path stem;
  private final ObjectNode json = Json.object();

  /**
   * A run.
   *
   * @param folder what relative paths in the spec are relative to
   * @param stem where the model goes
   */
  TrainingRun(Experiment experiment, Path folder, OpRegistry ops, Output out, Path stem) {
    this.experiment = experiment;
    this.folder = folder;
    this.spec = experiment.spec();
    this.ops = ops;
    this.out = out;
    this.stem = stem;
  }

  /** The exit code. */
  int run() throws IOException {
    Network network = Network.build(experiment.plan(), ops, Seeds.of(spec.seed()));
    // Made before anything is said, since the spec may name no optimizer that there is.
    Trainer trainer = Trainers.of(spec, network);
    json.put("spec", spec.name()).put("seed", spec.seed()).put("dtype", spec.dtype().text());
    json.put("threads", spec.threads());
    out.paragraph(ModelText.of(experiment, network));
    json.set("model", ModelText.json(experiment, network));
    ExperimentCheck check = ExperimentCheck.of(experiment);
    GradientReport before = check.before(ops);
    out.paragraph(CheckText.before(check, before, ops));
    json.set("check", CheckText.json(check, before));
    if (before.verdict() == Verdict.FAIL) {
      out.result(json);
      out.note(
          "deltagraph: the gradient check failed, so nothing was trained; the table names the entry.");
      return Failures.CHECK_FAILED;
    }
    validate();
    TrainingResult result = train(network, trainer);
    GradientReport after = check.at(result.parameters(), ops);
    out.paragraph(CheckText.after(check, after));
    json.set("checkAfter", CheckText.json(check, after));
    Verdict extras = new Extras(experiment, ops, out, json).show(result);
    SavedModel model = experiment.model(network, result.parameters());
    Scores scores =
        Scores.of(
            experiment.held().target(),
            model.predict(experiment.held().samples().inputs()).target());
    boolean held = !experiment.split().test().isEmpty();
    out.paragraph(
        (held ? "Held-out rows" : "Training rows, as none are held out") + "\n\n" + scores.text());
    json.set("test", scores.json().put("heldOut", held));
    json.put("saved", stem.toString());
    out.report("Saved as " + ModelPaths.json(stem) + " and " + ModelPaths.weights(stem) + ".");
    out.result(json);
    if (after.verdict().and(extras) == Verdict.FAIL) {
      out.note("deltagraph: a check failed; its table is above.");
      return Failures.CHECK_FAILED;
    }
    return 0;
  }

  /** Scores by folds, where the spec asks for them. */
  private void validate() {
    if (spec.split().folds() > 0) {
      ImmutableList<Long> seeds = ImmutableList.of(spec.seed());
      CrossValidation validation =
          CrossValidation.of(spec, folder, spec.split().folds(), seeds, ops);
      out.paragraph("Each fold held out once\n\n" + validation.text());
      ObjectNode folds = Json.object().put("folds", spec.split().folds());
      Json.put(folds, "mean", validation.mean());
      Json.put(folds, "standardError", validation.standardError());
      json.set("validation", folds);
    }
  }

  private TrainingResult train(Network network, Trainer trainer) throws IOException {
    Autosave autosave =
        new Autosave(
            parameters -> experiment.model(network, parameters).save(stem), System::nanoTime);
    long start = System.nanoTime();
    TrainingResult result;
    try (Progress progress = Progress.of(experiment, out);
        Autosave.Farewell _ = autosave.farewell(out, stem)) {
      result =
          trainer.train(
              experiment.training().samples(),
              Trainers.options(spec),
              new Follower(progress, autosave));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    autosave.last(result.parameters());
    long rows = (long) result.epochs() * experiment.training().samples().count();
    out.paragraph(TrainingText.of(spec, result, seconds, rows));
    ObjectNode training = Json.object().put("epochs", result.epochs());
    Json.put(training, "loss", result.loss());
    Json.put(training, "seconds", seconds);
    Json.put(training, "rowsPerSecond", rows / seconds);
    json.set("training", training);
    return result;
  }
}
