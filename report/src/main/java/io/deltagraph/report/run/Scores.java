package io.deltagraph.report.run;

import io.deltagraph.data.metrics.Score;
import io.deltagraph.report.page.ShownNumber;

/** Scores in words. */
final class Scores {
  private Scores() {}

  static String text(Score score) {
    return switch (score) {
      case Score.Defined(double value) -> ShownNumber.text(value);
      case Score.Undefined(String reason) -> "not defined (" + reason + ")";
    };
  }
}
