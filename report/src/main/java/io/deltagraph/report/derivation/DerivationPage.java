package io.deltagraph.report.derivation;

import io.deltagraph.derivations.explain.Line;
import io.deltagraph.derivations.explain.TextbookDerivation;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.MathFormula;
import io.deltagraph.report.page.Page;
import java.util.ArrayList;
import java.util.List;

/** A derivation as a page: each line as a formula, and how it comes about to unfold. */
public final class DerivationPage {
  private DerivationPage() {}

  /**
   * The page of a derivation.
   *
   * @param name of the model
   * @param derivation what is shown
   * @param command how to make it again, as it is typed
   */
  public static Page of(String name, TextbookDerivation derivation, String command) {
    List<Element> ahead = new ArrayList<>();
    List<Element> back = new ArrayList<>();
    for (Line line : derivation.lines()) {
      switch (line.kind()) {
        case FORWARD, COST -> ahead.add(element(line));
        case DELTA, GRADIENT -> back.add(element(line));
      }
    }
    Page page =
        Page.titled(name + ": its gradients, derived")
            .lead(
                Element.of(
                    "p",
                    "The forward equations, the cost, and from the cost back each delta and each"
                        + " gradient. Unfold a line for the chain rule, the local derivatives and"
                        + " the rules that it follows."));
    if (!ahead.isEmpty()) {
      page = page.section("forward", "Forward", ahead);
    }
    return page.section("backward", "Backward", back)
        .section(
            "text",
            "As text, which 'deltagraph mark' reads",
            Element.of("pre", Element.of("code", derivation.text(false))),
            Element.of("h3", "Make it again"),
            Element.of("pre", Element.of("code", command)))
        .number("lines", derivation.lines().stream().map(line -> text(line, false)).toList());
  }

  private static Element element(Line line) {
    MathFormula formula = new MathFormula(new TextbookDerivation(List.of(line)).mathml(false));
    Element shown =
        Element.of("div", DataTable.scrolling("Formula", Element.of("div", formula)))
            .with("class", "formula");
    return line.details().isEmpty()
        ? shown
        : shown.containing(
            Element.of(
                "details",
                Element.of("summary", "How " + name(line) + " comes about"),
                Element.of("pre", Element.of("code", text(line, true)))));
  }

  private static String name(Line line) {
    String text = text(line, false);
    String last = text.substring(text.lastIndexOf('\n') + 1);
    int end = last.indexOf(" = ");
    return end < 0 ? last : last.substring(0, end);
  }

  private static String text(Line line, boolean steps) {
    return new TextbookDerivation(List.of(line)).text(steps).strip();
  }
}
