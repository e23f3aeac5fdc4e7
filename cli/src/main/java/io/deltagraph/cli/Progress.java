package io.deltagraph.cli;

import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunReport;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how training goes on: a bar on a terminal, else a line every tenth of the epochs. If the
 * process is stopped meanwhile (Ctrl-C), it is said what is kept.
 */
final class Progress implements RunListener.TrainingWatch {
  private static final int LINES = 10;

  private final int epochs;
  private final int rows;
  private final RunReport.Curve.Measure measure;
  private final Shown shown;
  private final Thread farewell;
  private volatile int savedEpoch;

  private Progress(
      int epochs,
      int rows,
      RunReport.Curve.Measure measure,
      Shown shown,
      Output out,
      String model) {
    this.epochs = epochs;
    this.rows = rows;
    this.measure = measure;
    this.shown = shown;
    this.farewell = new Thread(() -> out.note("\ndeltagraph: stopped" + kept(model)));
  }

  /**
   * Shows progress from now on.
   *
   * @param model the file that the model is saved as
   */
  static Progress of(
      int epochs, int rows, RunReport.Curve.Measure measure, Output out, String model) {
    Shown shown = isTerminal() ? new Bar((long) epochs * rows) : new Lines(epochs, out);
    Progress progress = new Progress(epochs, rows, measure, shown, out, model);
    Runtime.getRuntime().addShutdownHook(progress.farewell);
    return progress;
  }

  private String kept(String model) {
    return savedEpoch == 0
        ? " before anything was saved."
        : "; the model as it was after epoch " + savedEpoch + " is saved as " + model + ".";
  }

  /** The launcher says whether standard error is a terminal; Java cannot tell. */
  private static boolean isTerminal() {
    return Boolean.getBoolean("deltagraph.terminal");
  }

  @Override
  public void stepped(int epoch, int seen) {
    shown.at((epoch - 1L) * rows + seen);
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
            });
    shown.epochEnded(point.epoch(), text, (long) point.epoch() * rows);
  }

  @Override
  public void saved(int epoch) {
    savedEpoch = epoch;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException stopping) {
      return; // The farewell is being said.
    } finally {
      shown.close();
    }
  }

  /** What the user sees. */
  private interface Shown extends AutoCloseable {
    void at(long rows);

    void epochEnded(int epoch, String text, long rows);

    @Override
    void close();
  }

  private record Bar(ProgressBar bar) implements Shown {
    Bar(long rows) {
      this(
          new ProgressBarBuilder()
              .setTaskName("Training")
              .setInitialMax(rows)
              .setUnit(" rows", 1)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(100)
              .showSpeed()
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build());
    }

    @Override
    public void at(long rows) {
      bar.stepTo(rows);
    }

    @Override
    public void epochEnded(int epoch, String text, long rows) {
      bar.setExtraMessage("  " + text);
    }

    @Override
    public void close() {
      bar.maxHint(bar.getCurrent()); // where training stopped early
      bar.close();
    }
  }

  private record Lines(int epochs, Output out, long start) implements Shown {
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
