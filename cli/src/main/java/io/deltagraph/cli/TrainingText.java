package io.deltagraph.cli;

import io.deltagraph.experiments.RunReport;
import java.util.Locale;

/** What training came to, in one sentence. */
final class TrainingText {
  private TrainingText() {}

  static String of(RunReport.Training training) {
    return String.format(
        Locale.ROOT,
        "Trained for %,d %s in %.1f s, %,.0f rows/s; the loss of the last is %s%s.%s",
        training.epochs(),
        training.epochs() == 1 ? "epoch" : "epochs",
        training.seconds(),
        training.rowsPerSecond(),
        number(training.loss()),
        training.stoppedBelow().isPresent()
            ? ", below " + number(training.stoppedBelow().getAsDouble()) + " where training stops"
            : "",
        end(training));
  }

  private static String end(RunReport.Training training) {
    String why =
        switch (training.end()) {
          case EPOCHS, STOP_BELOW -> "";
          case PATIENCE -> " The watched loss improved no more.";
          case TIME_LIMIT -> " The time limit ended it.";
          case LISTENER, INTERRUPTED -> " It was ended before its last epoch.";
        };
    return why
        + (training.bestEpoch().isPresent()
            ? " The weights are those after epoch "
                + training.bestEpoch().getAsInt()
                + ", the best."
            : "");
  }

  /** Four significant digits. */
  static String number(double value) {
    double size = Math.abs(value);
    return String.format(
        Locale.ROOT, size == 0 || (size >= 1e-3 && size < 1e6) ? "%.4g" : "%.2e", value);
  }

  /** As short as it can be: 1 rather than 1.0. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
