package io.deltagraph.cli;

import io.deltagraph.check.GradientSummary;
import io.deltagraph.check.Verdict;
import io.deltagraph.experiments.RunReport;

/** A gradient check in words. */
final class CheckText {
  private CheckText() {}

  static String of(RunReport.Check check) {
    GradientSummary gradients = check.gradients();
    return switch (check.moment()) {
      case BEFORE ->
          "Gradient check before training, at random weights, on "
              + check.rows()
              + " training rows in f64\n\n"
              + gradients.toText()
              + check.remark().map(remark -> remark + "\n").orElse("")
              + check
                  .notFinite()
                  .map(first ->
                      "The first number that is not finite: "
                          + first
                          + "\n"
                          + (gradients.verdict() == Verdict.INCONCLUSIVE
                              ? "The numbers overflow, so that nothing can be compared: scale the data.\n"
                              : ""))
                  .orElse("");
      case AFTER ->
          "Gradient check at the trained weights, on the same "
              + check.rows()
              + " rows\n\n"
              + gradients.toText()
              + check.remark().map(remark -> remark + "\n").orElse("");
    };
  }
}
