package io.deltagraph.cli;

import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.experiments.PerceptronTrial;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.print.TextTable;
import java.util.List;
import java.util.Locale;

/** What some trained models are compared with, in words. */
final class ComparisonText {
  private static final int MOST_SHOWN = 20;

  private ComparisonText() {}

  static String of(RunReport.Comparison comparison) {
    return switch (comparison) {
      case RunReport.SinglePerceptron(PerceptronTrial trial) -> of(trial);
      case RunReport.PerceptronRule rule -> of(rule);
      case RunReport.LeastSquares(LinearSolution.None(String reason)) ->
          "No solution by QR is shown: " + reason + ".";
      case RunReport.LeastSquares(LinearSolution.Solved(LinearSolution solution)) -> of(solution);
    };
  }

  private static String of(PerceptronTrial trial) {
    return String.format(
        Locale.ROOT,
        "A single perceptron on the same rows, by its own rule: %s\n"
            + "After %d epochs %d of %d rows are wrong; after no epoch were fewer than %d wrong.",
        trial.fewestWrong() == 0
            ? "it finds a line."
            : "it fails, since no line separates the classes.",
        trial.wrong().size(),
        trial.wrong().getLast(),
        trial.rows(),
        trial.fewestWrong());
  }

  private static String of(RunReport.PerceptronRule rule) {
    TextTable table =
        TextTable.of(
            "epoch", "x", "t", "H(z)", "η (t − H(z)) (x, 1)", "update of (w, b)", "difference");
    for (RunReport.Update update : rule.first()) {
      boolean one = update.rows() == 1;
      table.row(
          Integer.toString(update.epoch()),
          one ? vector(update.inputs()) : update.rows() + " rows",
          one ? TrainingText.plain(update.target()) : "",
          one ? TrainingText.plain(update.output()) : "",
          vector(update.formula()),
          vector(update.taken()),
          String.format(Locale.ROOT, "%.1e", update.difference()));
    }
    StringBuilder text = new StringBuilder();
    text.append("The perceptron's rule beside its formula, every step that changed a weight\n\n");
    text.append(table.text());
    if (rule.changes() > rule.first().size()) {
      text.append(
          String.format(Locale.ROOT, "… and %,d more\n", rule.changes() - rule.first().size()));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "\n%,d steps compared, %,d of them right already (no change by either side)\n"
                    + "worst difference %.1e   verdict %s",
                rule.steps(),
                rule.steps() - rule.changes(),
                rule.worst(),
                rule.verdict()))
        .toString();
  }

  private static String vector(List<Double> values) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < values.size() && i < 4; i++) {
      text.append(i == 0 ? "" : ", ").append(TrainingText.plain(values.get(i)));
    }
    return text.append(values.size() > 4 ? ", …)" : ")").toString();
  }

  private static String of(LinearSolution solution) {
    TextTable table = TextTable.of("weight of", "trained", "by QR", "difference");
    int size = solution.names().size();
    for (int i = 0; i < Math.min(size, MOST_SHOWN); i++) {
      double trained = solution.trained().get(i);
      double exact = solution.exact().get(i);
      table.row(
          solution.names().get(i),
          String.format(Locale.ROOT, "%.8g", trained),
          String.format(Locale.ROOT, "%.8g", exact),
          String.format(Locale.ROOT, "%.1e", trained - exact));
    }
    return "Trained weights beside the least-squares solution by QR (features as scaled)\n\n"
        + table.text()
        + (size > MOST_SHOWN ? "… and " + (size - MOST_SHOWN) + " more\n" : "")
        + String.format(Locale.ROOT, "\nrelative difference %.1e", solution.relativeDifference());
  }
}
