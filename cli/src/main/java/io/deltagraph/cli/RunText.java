package io.deltagraph.cli;

import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.spec.TrainingSpec;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes each part of a training run as text as soon as it is known. */
final class RunText implements RunListener {
  private final Output out;
  private final RunReport.Files model;
  private @Nullable Kept left;
  private @Nullable RunReport diverged;

  /**
   * Nothing is written yet.
   *
   * @param out where to
   * @param model the files that the model goes to
   */
  RunText(Output out, RunReport.Files model) {
    this.out = out;
    this.model = model;
  }

  @Override
  public void opened(TrainingSpec spec, RunReport.Data data, RunReport.Net net) {
    out.paragraph(ModelText.of(spec, data, net));
  }

  @Override
  public void checked(RunReport.Check check) {
    out.paragraph(CheckText.of(check));
  }

  @Override
  public void validated(CrossValidation validation) {
    out.paragraph("Each fold held out once\n\n" + ScoresText.folds(validation));
  }

  @Override
  public TrainingWatch training(int epochs, int rows, RunReport.Curve.Measure measure) {
    return Progress.of(epochs, rows, measure, out);
  }

  @Override
  public void trained(RunReport.Training training) {
    out.paragraph(TrainingText.of(training));
  }

  @Override
  public void compared(RunReport.Comparison comparison) {
    out.paragraph(ComparisonText.of(comparison));
  }

  @Override
  public void scored(RunReport.Scores scores) {
    String rows =
        switch (scores.rows()) {
          case HELD_OUT -> "Held-out rows";
          case TRAINING -> "Training rows, as none are held out";
          case TABLE -> "Rows of the table";
        };
    out.paragraph(rows + "\n\n" + ScoresText.of(scores));
  }

  @Override
  public void saved(RunReport.Files files) {
    out.report("Saved as " + files.json() + " and " + files.weights() + ".");
  }

  @Override
  public void failed(Kept kept) {
    left = kept;
    out.note("deltagraph: " + kept(kept) + ".");
  }

  @Override
  public void diverged(RunReport report) {
    diverged = report;
  }

  /** The report of a training that diverged. */
  Optional<RunReport> untilDivergence() {
    return Optional.ofNullable(diverged);
  }

  /** What was said to be kept of a run that failed. */
  Optional<Kept> left() {
    return Optional.ofNullable(left);
  }

  @Override
  public void stopped(Optional<Kept> kept) {
    out.note(
        "\ndeltagraph: stopped"
            + kept.map(last -> "; " + kept(last) + ".").orElse(" before anything was saved."));
  }

  /** What was kept of runs before this one stays, since it may be all that there is of them. */
  private static String earlier(Kept kept) {
    String name = kept.files().stem().toString();
    int end = name.lastIndexOf(".autosave-");
    return end < 0
        ? ""
        : ". What earlier runs left is there too, as "
            + name.substring(0, end)
            + ".autosave.json and so on: delete what you do not need";
  }

  private String kept(Kept kept) {
    return "the model as it was after epoch "
        + kept.epoch()
        + " is kept as "
        + kept.files().json()
        + (Files.exists(model.json()) ? ", and " + model.json() + " is as it was before" : "")
        + earlier(kept);
  }
}
