package io.deltagraph.cli;

import com.google.common.base.Strings;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.data.metrics.Score;
import io.deltagraph.data.metrics.ScoreReport;
import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.print.TextTable;
import io.deltagraph.registry.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How good predictions are, as tables. */
final class ScoresText {
  private static final double SMALLEST = 1e-4;
  private static final double LARGEST = 1e9;

  private ScoresText() {}

  /** The scores, and what is odd about them. */
  static String of(RunReport.Scores scores) {
    StringBuilder text = new StringBuilder(of(scores.report(), scores.metrics()));
    scores.remarks().forEach(remark -> text.append('\n').append(remark).append('\n'));
    return text.toString();
  }

  static String of(ScoreReport report) {
    return of(report, Map.of());
  }

  private static String of(ScoreReport report, Map<Metric, Score> metrics) {
    return switch (report) {
      case ClassificationReport classes -> classes(classes, metrics);
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

  /** Accuracy, other metrics, a table of the classes, what is undefined and why, and the counts. */
  private static String classes(ClassificationReport report, Map<Metric, Score> metrics) {
    ConfusionMatrix confusion = report.confusion();
    StringBuilder out = new StringBuilder();
    int width =
        metrics.keySet().stream().mapToInt(metric -> metric.title().length()).max().orElse(0);
    int wide = Math.max(width, "accuracy".length());
    out.append(Strings.padEnd("accuracy", wide, ' ')).append("  ").append(full(report.accuracy()));
    out.append("  (").append(report.rows()).append(" rows)\n");
    report.logLoss().ifPresent(score -> out.append("log loss  ").append(full(score)).append('\n'));
    metrics.forEach((metric, score) -> {
      if (metric != Metric.ACCURACY) {
        out.append(Strings.padEnd(metric.title(), wide, ' ')).append("  ");
        out.append(full(score)).append('\n');
      }
    });
    List<Integer> shown = shown(confusion);
    out.append('\n').append(classes(confusion, shown));
    notes(confusion, shown).forEach(note -> out.append(note).append('\n'));
    return out.append('\n').append(ConfusionsText.of(confusion)).toString();
  }

  /** All classes in their order, or the worst where there are many. */
  private static List<Integer> shown(ConfusionMatrix confusion) {
    Stream<Integer> all = IntStream.range(0, confusion.classNames().size()).boxed();
    return confusion.classNames().size() <= ConfusionsText.MOST
        ? all.toList()
        : all.sorted(Comparator.comparingDouble(i -> orZero(confusion.f1(i))))
            .limit(ConfusionsText.MOST)
            .toList();
  }

  private static double orZero(Score score) {
    return switch (score) {
      case Score.Defined(double value) -> value;
      case Score.Undefined ignored -> 0;
    };
  }

  private static String classes(ConfusionMatrix confusion, List<Integer> shown) {
    TextTable table = TextTable.of("class", "precision", "recall", "F1", "rows");
    int all = confusion.classNames().size();
    for (int i : shown) {
      table.row(
          confusion.classNames().get(i),
          brief(confusion.precision(i)),
          brief(confusion.recall(i)),
          brief(confusion.f1(i)),
          Integer.toString(confusion.support(i)));
    }
    String text =
        table
            .row(
                "macro average",
                brief(confusion.macroPrecision()),
                brief(confusion.macroRecall()),
                brief(confusion.macroF1()),
                Integer.toString(confusion.rows()))
            .text();
    return shown.size() == all
        ? text
        : text
            + "The classes with the lowest F1, "
            + shown.size()
            + " of "
            + all
            + "; --json has all of them.\n";
  }

  private static List<String> notes(ConfusionMatrix confusion, List<Integer> shown) {
    List<String> notes = new ArrayList<>();
    for (int i : shown) {
      String name = Shown.line(confusion.classNames().get(i));
      note(notes, "precision", name, confusion.precision(i));
      note(notes, "recall", name, confusion.recall(i));
      note(notes, "F1", name, confusion.f1(i));
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
        "%s%n%s: mean %s %s, deviation %s, standard error %s%n",
        table.text(),
        Shown.line(validation.name()),
        validation.measure(),
        decimals(validation.mean()),
        decimals(validation.deviation()),
        decimals(validation.standardError()));
  }

  /** The value with four decimals, or {@code undefined}. */
  private static String brief(Score score) {
    return switch (score) {
      case Score.Defined(double value) ->
          value != 0 && Math.abs(value) < SMALLEST ? exponent(value) : decimals(value);
      case Score.Undefined ignored -> "undefined";
    };
  }

  /** Four decimals, or an exponent where there would be hundreds of digits before them. */
  private static String decimals(double value) {
    return Math.abs(value) < LARGEST ? String.format(Locale.ROOT, "%.4f", value) : exponent(value);
  }

  private static String exponent(double value) {
    return String.format(Locale.ROOT, "%.4e", value);
  }

  /** The value with four decimals, or {@code undefined (reason)}. */
  private static String full(Score score) {
    return switch (score) {
      case Score.Defined ignored -> brief(score);
      case Score.Undefined(String reason) -> "undefined (" + reason + ")";
    };
  }
}
