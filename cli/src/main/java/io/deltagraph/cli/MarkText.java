package io.deltagraph.cli;

import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.marking.Marking;
import java.util.HashMap;
import java.util.Map;

/** A marked derivation as a terminal shows it. */
final class MarkText {
  private static final String INDENT = "       ";

  private MarkText() {}

  static String of(Marking marking, Derivation derivation) {
    Map<Integer, Marking.Line> marked = new HashMap<>();
    marking.lines().forEach(line -> marked.put(line.line(), line));
    StringBuilder text = new StringBuilder();
    for (Derivation.Line line : derivation.lines()) {
      Marking.Line said = marked.get(line.number());
      String sign = said == null ? " " : sign(said.verdict());
      text.append(
          "%4d %-2s%s\n"
              .formatted(line.number(), sign, line.source().replace("\n", "\n" + INDENT)));
      if (said != null) {
        explain(text, said);
      }
    }
    text.append('\n').append(summary(marking)).append('\n');
    text.append("Conventions: ").append(String.join(", ", marking.conventions())).append(".\n");
    if (!marking.missing().isEmpty()) {
      text.append("Not derived here: ").append(String.join(", ", marking.missing())).append(".\n");
    }
    marking.remarks().forEach(remark -> text.append(remark).append('\n'));
    return text.toString();
  }

  private static String sign(Marking.Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> "✓";
      case RIGHT_BUT_SCALED -> "✓·";
      case FOLLOWS -> "↳";
      case WRONG -> "✗";
      case INCONCLUSIVE, UNREAD -> "?";
    };
  }

  private static void explain(StringBuilder text, Marking.Line line) {
    switch (line.verdict()) {
      case RIGHT, RIGHT_BUT_SCALED -> {}
      case FOLLOWS ->
          line.follows()
              .ifPresent(number ->
                  indented(text, "It follows from line " + number + ", which is not right."));
      case WRONG -> {
        if (line.causes().isEmpty()) {
          indented(text, "It is wrong, and no known mistake explains it.");
        } else {
          indented(text, line.causes().getFirst().cause().sentence());
        }
        line.right().ifPresent(right -> indented(text, "Right: " + right));
      }
      case INCONCLUSIVE -> indented(text, line.remark());
      case UNREAD -> line.problem().ifPresent(problem -> indented(text, problem.message()));
    }
  }

  private static void indented(StringBuilder text, String what) {
    text.append(INDENT).append(what.replace("\n", "\n" + INDENT)).append('\n');
  }

  private static String summary(Marking marking) {
    return switch (marking.verdict()) {
      case RIGHT, RIGHT_BUT_SCALED -> "Everything is right.";
      case WRONG, FOLLOWS -> "Something is wrong.";
      case INCONCLUSIVE, UNREAD -> "Nothing is wrong, but not everything could be told.";
    };
  }
}
