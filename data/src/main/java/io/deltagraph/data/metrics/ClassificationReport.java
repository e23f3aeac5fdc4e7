package io.deltagraph.data.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scores of a classifier.
 *
 * @param confusion the counts that all scores but the log loss come from
 * @param logLoss the log loss, where there are probabilities
 */
public record ClassificationReport(ConfusionMatrix confusion, Optional<Score> logLoss) {
  /** Scores predicted classes. */
  public static ClassificationReport of(
      List<Integer> truth, List<Integer> predicted, List<String> classNames) {
    return new ClassificationReport(
        ConfusionMatrix.of(truth, predicted, classNames), Optional.empty());
  }

  /** Returns the same with a log loss. */
  public ClassificationReport withLogLoss(Score score) {
    return new ClassificationReport(confusion, Optional.of(score));
  }

  /** Returns the share of rows that are right. */
  public Score accuracy() {
    return confusion.accuracy();
  }

  /**
   * Returns accuracy, log loss, a table of the classes, what is undefined and why, and the counts.
   */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append("accuracy  ").append(accuracy().text());
    out.append("  (").append(confusion.rows()).append(" rows)\n");
    logLoss.ifPresent(score -> out.append("log loss  ").append(score.text()).append('\n'));
    out.append('\n').append(classes().text());
    List<String> notes = notes();
    notes.forEach(note -> out.append(note).append('\n'));
    return out.append('\n').append(confusion.text()).toString();
  }

  private TextTable classes() {
    TextTable table = TextTable.of("class", "precision", "recall", "F1", "rows");
    List<String> names = confusion.classNames();
    for (int i = 0; i < names.size(); i++) {
      table.row(
          names.get(i),
          confusion.precision(i).shortText(),
          confusion.recall(i).shortText(),
          confusion.f1(i).shortText(),
          Integer.toString(confusion.support(i)));
    }
    return table.row(
        "macro average",
        confusion.macroPrecision().shortText(),
        confusion.macroRecall().shortText(),
        confusion.macroF1().shortText(),
        Integer.toString(confusion.rows()));
  }

  private List<String> notes() {
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
}
