package io.deltagraph.report.run;

import io.deltagraph.check.Verdict;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The report of a run as a page, the verdict first. */
public final class RunPage {
  private RunPage() {}

  /**
   * The page of a run that was trained or checked.
   *
   * @param report of a run that was asked for its details
   * @param ops that the run used
   * @param command how to run it again, as it is typed
   * @throws IllegalArgumentException if the report has no details
   */
  public static Page of(RunReport report, OpLookup ops, String command) {
    RunDetails details =
        report
            .details()
            .orElseThrow(() ->
                new IllegalArgumentException("A page needs a run that was asked for its details."));
    List<SanitySection.Line> questions = SanitySection.lines(report, details, ops);
    Page page =
        Page.titled(report.origin().name() + ": " + what(report)).lead(verdict(report, questions));
    page = SanitySection.add(page, questions);
    page = CurvesSection.add(page, report, details);
    page = ModelSection.add(page, report, details, ops);
    page = NetSection.add(page, details, ops);
    page = CheckSection.add(page, report, details, ops);
    page = OriginSection.add(page, report, command);
    return RunNumbers.add(page, report, details);
  }

  private static String what(RunReport report) {
    return report.curve().isPresent() ? "report of a training" : "report of a gradient check";
  }

  private static Element verdict(RunReport report, List<SanitySection.Line> questions) {
    Verdict verdict = report.verdict();
    List<Content> said = new ArrayList<>();
    said.add(Element.of("p", Element.of("strong", headline(report))));
    report.divergence().ifPresent(divergence -> said.addAll(lines(divergence.message())));
    for (RunReport.Check check : report.checks()) {
      said.add(
          Element.of(
              "p",
              "%s, on %d rows: the closed form differs by %s at most, central differences by %s; %d of %d moved entries could be compared."
                  .formatted(
                      switch (check.moment()) {
                        case BEFORE -> "At random weights";
                        case AFTER -> "At the trained weights";
                      },
                      check.rows(),
                      number(check.gradients().worstClosedForm()),
                      number(check.gradients().worstDifferences()),
                      check.gradients().conclusive(),
                      check.gradients().moved())));
      check.remark().ifPresent(remark -> said.add(Element.of("p", remark)));
      check
          .notFinite()
          .ifPresent(
              first -> said.add(Element.of("p", "The first number that is not finite: " + first)));
    }
    report
        .training()
        .ifPresent(training ->
            said.add(
                Element.of(
                    "p",
                    "Trained for %,d epochs in %.1f s; the loss of the last is %s."
                        .formatted(
                            training.epochs(),
                            training.seconds(),
                            ShownNumber.text(training.loss())))));
    report
        .scores()
        .ifPresent(scores -> {
          StringBuilder text = new StringBuilder(rows(scores.rows())).append(": ");
          scores
              .metrics()
              .forEach((metric, score) ->
                  text.append(metric.id()).append(' ').append(Scores.text(score)).append(", "));
          said.add(Element.of("p", text.substring(0, text.length() - 2) + "."));
          scores.remarks().forEach(remark -> said.add(Element.of("p", remark)));
        });
    List<String> odd =
        questions.stream()
            .filter(line -> line.so() != Verdict.PASS)
            .map(SanitySection.Line::question)
            .toList();
    if (!odd.isEmpty()) {
      said.add(
          Element.of(
              "p",
              Element.of("a", "Look at").with("href", "#" + SanitySection.ID),
              Content.text(": " + String.join(" ", odd))));
    }
    return Element.of("div")
        .with("class", "verdict " + verdict.name().toLowerCase(Locale.ROOT))
        .with("id", "verdict")
        .containing(said);
  }

  /** A message as it stands: sentences, and under them facts in columns. */
  private static List<Element> lines(String message) {
    List<Element> all = new ArrayList<>();
    message
        .lines()
        .takeWhile(line -> !line.startsWith(" "))
        .forEach(line -> all.add(Element.of("p", line)));
    String facts = message.lines().skip(all.size()).collect(Collectors.joining("\n"));
    if (!facts.isEmpty()) {
      all.add(Element.of("pre", Element.of("code", facts)));
    }
    return all;
  }

  private static String headline(RunReport report) {
    if (report.divergence().isPresent()) {
      return "✗ Training diverged: it came to a number that is not finite.";
    }
    boolean once =
        report.checks().size() > 1
            && report.checks().getFirst().gradients().verdict() == Verdict.PASS;
    return switch (report.verdict()) {
      case PASS -> "✓ Pass: every gradient agrees.";
      case FAIL -> "✗ Fail: a check speaks against the gradients.";
      case INCONCLUSIVE ->
          once
              ? "? Every gradient agrees at random weights; at the trained weights too little could"
                  + " be compared."
              : "? Inconclusive: too little could be compared.";
    };
  }

  static String rows(RunReport.ScoredRows rows) {
    return switch (rows) {
      case HELD_OUT -> "On the held-out rows";
      case TRAINING -> "On the training rows, as none are held out";
      case TABLE -> "On the rows of the table";
    };
  }

  static String number(OptionalDouble value) {
    return value.isPresent() ? ShownNumber.text(value.getAsDouble(), 2) : "nothing (there is none)";
  }
}
