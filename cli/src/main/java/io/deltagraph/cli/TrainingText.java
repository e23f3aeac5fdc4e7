package io.deltagraph.cli;

import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.training.TrainingResult;
import java.util.Locale;

/** What training came to, in one sentence. */
final class TrainingText {
  private TrainingText() {}

  static String of(TrainingSpec spec, TrainingResult result, double seconds, long rows) {
    return String.format(
        Locale.ROOT,
        "Trained for %,d %s in %.1f s, %,.0f rows/s; the loss of the last is %s%s.",
        result.epochs(),
        result.epochs() == 1 ? "epoch" : "epochs",
        seconds,
        rows / seconds,
        number(result.loss()),
        spec.stopBelow().isPresent() && result.loss() < spec.stopBelow().getAsDouble()
            ? ", below " + number(spec.stopBelow().getAsDouble()) + " where training stops"
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
