package io.deltagraph.cli;

import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.data.metrics.Score;
import io.deltagraph.data.metrics.ScoreReport;
import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.experiments.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How good predictions are, as tables. */
final class ScoresText {
  private ScoresText() {}

  /** The scores, and what is odd about them. */
  static String of(RunReport.Scores scores) {
    StringBuilder text = new StringBuilder(of(scores.report()));
    scores.remarks().forEach(remark -> text.append('\n').append(remark).append('\n'));
    return text.toString();
  }

  static String of(ScoreReport report) {
    return switch (report) {
      case ClassificationReport classes -> classes(classes);
      case RegressionReport numbers -> numbers(numbers);
    };
  }

  private static String numbers(RegressionReport report) {
    return TextTable.of("score", "value")
        .row("R2", full(report.r2()))
        .row("RMSE", full(report.rmse()))
        .row("MAE", full(report.mae()))
        .row("rows", Integer.toString(report.rows()))
        .text();
  }

  /** Accuracy, log loss, a table of the classes, what is undefined and why, and the counts. */
  private static String classes(ClassificationReport report) {
    ConfusionMatrix confusion = report.confusion();
    StringBuilder out = new StringBuilder();
    out.append("accuracy  ").append(full(report.accuracy()));
    out.append("  (").append(report.rows()).append(" rows)\n");
    report.logLoss().ifPresent(score -> out.append("log loss  ").append(full(score)).append('\n'));
    out.append('\n').append(classes(confusion));
    notes(confusion).forEach(note -> out.append(note).append('\n'));
    return out.append('\n').append(counts(confusion)).toString();
  }

  private static String classes(ConfusionMatrix confusion) {
    TextTable table = TextTable.of("class", "precision", "recall", "F1", "rows");
    List<String> names = confusion.classNames();
    for (int i = 0; i < names.size(); i++) {
      table.row(
          names.get(i),
          brief(confusion.precision(i)),
          brief(confusion.recall(i)),
          brief(confusion.f1(i)),
          Integer.toString(confusion.support(i)));
    }
    return table
        .row(
            "macro average",
            brief(confusion.macroPrecision()),
            brief(confusion.macroRecall()),
            brief(confusion.macroF1()),
            Integer.toString(confusion.rows()))
        .text();
  }

  private static List<String> notes(ConfusionMatrix confusion) {
    List<String> notes = new ArrayList<>();
    List<String> names = confusion.classNames();
    for (int i = 0; i < names.size(); i++) {
      note(notes, "precision", names.get(i), confusion.precision(i));
      note(notes, "recall", names.get(i), confusion.recall(i));
      note(notes, "F1", names.get(i), confusion.f1(i));
    }
    if (!notes.isEmpty()) {
      notes.add("Macro averages are over the classes that have the score.");
    }
    return notes;
  }

  private static void note(List<String> notes, String what, String name, Score score) {
    switch (score) {
      case Score.Defined ignored -> {}
      case Score.Undefined(String reason) ->
          notes.add("The " + what + " of " + name + " is undefined: " + reason + ".");
    }
  }

  /** Rows are the true classes, columns the predicted ones. */
  private static String counts(ConfusionMatrix confusion) {
    List<String> titles = new ArrayList<>();
    titles.add("true \\ predicted");
    titles.addAll(confusion.classNames());
    titles.add("rows");
    TextTable table = TextTable.of(titles);
    for (int i = 0; i < confusion.classNames().size(); i++) {
      List<String> cells = new ArrayList<>();
      cells.add(confusion.classNames().get(i));
      for (int j = 0; j < confusion.classNames().size(); j++) {
        // A dot where nothing was confused lets the mistakes stand out.
        cells.add(confusion.at(i, j) == 0 ? "·" : Integer.toString(confusion.at(i, j)));
      }
      cells.add(Integer.toString(confusion.support(i)));
      table.row(cells);
    }
    return table.text();
  }

  /** The scores of the folds, and what they come to. */
  static String folds(CrossValidation validation) {
    TextTable table = TextTable.of("seed", "fold", "rows", validation.measure());
    for (CrossValidation.Fold fold : validation.folds()) {
      table.row(
          Long.toString(fold.seed()),
          Integer.toString(fold.number()),
          Integer.toString(fold.rows()),
          brief(fold.score()));
    }
    return String.format(
        Locale.ROOT,
        "%s%n%s: mean %s %.4f, deviation %.4f, standard error %.4f%n",
        table.text(),
        validation.name(),
        validation.measure(),
        validation.mean(),
        validation.deviation(),
        validation.standardError());
  }

  /** The value with four decimals, or {@code undefined}. */
  private static String brief(Score score) {
    return switch (score) {
      case Score.Defined(double value) -> String.format(Locale.ROOT, "%.4f", value);
      case Score.Undefined ignored -> "undefined";
    };
  }

  /** The value with four decimals, or {@code undefined (reason)}. */
  private static String full(Score score) {
    return switch (score) {
      case Score.Defined ignored -> brief(score);
      case Score.Undefined(String reason) -> "undefined (" + reason + ")";
    };
  }
}
