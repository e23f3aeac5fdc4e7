package io.deltagraph.cli;

import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunReport;
import java.util.Locale;

/** Shows how training goes on: a bar on a terminal, else a line every tenth of the epochs. */
final class Progress implements RunListener.TrainingWatch {
  private static final int LINES = 10;

  private final int epochs;
  private final int rows;
  private final RunReport.Curve.Measure measure;
  private final View view;

  private Progress(int epochs, int rows, RunReport.Curve.Measure measure, View view) {
    this.epochs = epochs;
    this.rows = rows;
    this.measure = measure;
    this.view = view;
  }

  /** Shows progress from now on. */
  static Progress of(int epochs, int rows, RunReport.Curve.Measure measure, Output out) {
    View view =
        Terminal.showsProgress()
            ? new ProgressBar((long) epochs * rows, out, System::nanoTime)
            : new Lines(epochs, out);
    return new Progress(epochs, rows, measure, view);
  }

  @Override
  public void stepped(int epoch, int seen) {
    view.at((epoch - 1L) * rows + seen);
  }

  @Override
  public void epochEnded(RunReport.Point point) {
    String text =
        String.format(
                Locale.ROOT,
                "epoch %" + Integer.toString(epochs).length() + "d/%d  loss %s  %s",
                point.epoch(),
                epochs,
                TrainingText.number(point.loss()),
                switch (measure) {
                  case ACCURACY -> String.format(Locale.ROOT, "accuracy %.4f", point.score());
                  case RMSE -> "RMSE " + TrainingText.number(point.score());
                })
            + (point.validationLoss().isPresent()
                ? "  validation " + TrainingText.number(point.validationLoss().getAsDouble())
                : "");
    view.epochEnded(point.epoch(), text, (long) point.epoch() * rows);
  }

  @Override
  public void close() {
    view.close();
  }

  /** What the user sees. */
  interface View extends AutoCloseable {
    void at(long rows);

    void epochEnded(int epoch, String text, long rows);

    @Override
    void close();
  }

  private record Lines(int epochs, Output out, long start) implements View {
    Lines(int epochs, Output out) {
      this(epochs, out, System.nanoTime());
    }

    @Override
    public void at(long rows) {}

    @Override
    public void epochEnded(int epoch, String text, long rows) {
      int every = Math.max(1, epochs / LINES);
      if (epoch == 1 || epoch == epochs || epoch % every == 0) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        out.note(text + String.format(Locale.ROOT, "  %,.0f rows/s", rows / seconds));
      }
    }

    @Override
    public void close() {
      out.note("");
    }
  }
}
