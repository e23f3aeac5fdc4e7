package io.deltagraph.cli;

import io.deltagraph.data.Target;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how training goes on: a bar on a terminal, else a line every tenth of the epochs. */
final class Progress implements AutoCloseable {
  private static final int LINES = 10;

  private final int epochs;
  private final int rows;
  private final Shown shown;
  private final Tally tally;

  private Progress(int epochs, int rows, Shown shown, Tally tally) {
    this.epochs = epochs;
    this.rows = rows;
    this.shown = shown;
    this.tally = tally;
  }

  static Progress of(Experiment experiment, Output out) {
    int epochs = experiment.spec().epochs();
    int rows = experiment.training().samples().count();
    Tally tally =
        switch (experiment.training().target()) {
          case Target.Classes classes -> new Tally.Accuracy(experiment.form());
          case Target.Numbers numbers -> new Tally.Deviation();
        };
    return new Progress(
        epochs, rows, isTerminal() ? new Bar((long) epochs * rows) : new Lines(epochs, out), tally);
  }

  /** The launcher says whether standard error is a terminal; Java cannot tell. */
  private static boolean isTerminal() {
    return Boolean.getBoolean("deltagraph.terminal");
  }

  void stepped(int epoch, int seen, Tensor outputs, Tensor targets, double loss) {
    tally.add(outputs, targets);
    shown.at((epoch - 1L) * rows + seen);
  }

  void epochEnded(int epoch, double loss) {
    String text =
        String.format(
            Locale.ROOT,
            "epoch %" + Integer.toString(epochs).length() + "d/%d  loss %s  %s",
            epoch,
            epochs,
            TrainingText.number(loss),
            tally.text());
    shown.epochEnded(epoch, text, (long) epoch * rows);
    tally.clear();
  }

  @Override
  public void close() {
    shown.close();
  }

  /** How a training score adds up over the steps of an epoch. */
  private abstract static class Tally {
    double sum;
    long count;

    abstract void add(Tensor outputs, Tensor targets);

    abstract String text();

    void clear() {
      sum = 0;
      count = 0;
    }

    /** The share of rows that are right. */
    static final class Accuracy extends Tally {
      private final TargetForm form;

      Accuracy(TargetForm form) {
        this.form = form;
      }

      @Override
      void add(Tensor outputs, Tensor targets) {
        int[] predicted = form.decode(outputs);
        int[] truth = form.classes(targets);
        for (int i = 0; i < predicted.length; i++) {
          sum += predicted[i] == truth[i] ? 1 : 0;
        }
        count += predicted.length;
      }

      @Override
      String text() {
        return String.format(Locale.ROOT, "accuracy %.4f", sum / count);
      }
    }

    /** The root of the mean square of the errors. */
    static final class Deviation extends Tally {
      @Override
      void add(Tensor outputs, Tensor targets) {
        for (int i = 0; i < targets.length(); i++) {
          double error = outputs.get(i) - targets.get(i);
          sum += error * error;
        }
        count += targets.length();
      }

      @Override
      String text() {
        return "RMSE " + TrainingText.number(Math.sqrt(sum / count));
      }
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
