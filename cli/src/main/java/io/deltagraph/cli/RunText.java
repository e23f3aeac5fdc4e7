package io.deltagraph.cli;

import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.spec.TrainingSpec;

/**
 * Writes each part of a training run as text as soon as it is known.
 *
 * @param out where to
 * @param model the file that the model goes to
 */
record RunText(Output out, String model) implements RunListener {
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
    return Progress.of(epochs, rows, measure, out, model);
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
}
