package io.deltagraph.report.derivation;

import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.marking.Marking;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A marked derivation as a page: each line with its mark, what is wrong and what is right. */
public final class MarkingPage {
  private MarkingPage() {}

  /**
   * The page of a marking.
   *
   * @param name of the file
   * @param marking what is said of it
   * @param derivation its lines
   * @param command how to mark it again, as it is typed
   */
  public static Page of(String name, Marking marking, Derivation derivation, String command) {
    Map<Integer, Marking.Line> marked = new HashMap<>();
    marking.lines().forEach(line -> marked.put(line.line(), line));
    List<Element> lines = new ArrayList<>();
    for (Derivation.Line line : derivation.lines()) {
      lines.add(line(line, marked.get(line.number())));
    }
    Page page =
        Page.titled(name + ": marked")
            .lead(verdict(marking))
            .section(
                "lines",
                "Line by line",
                Element.of("div").with("class", "marked").containing(lines));
    List<Element> rest = new ArrayList<>();
    rest.add(Element.of("p", "Conventions: " + String.join(", ", marking.conventions()) + "."));
    if (!marking.missing().isEmpty()) {
      rest.add(Element.of("p", "Not derived here: " + String.join(", ", marking.missing()) + "."));
    }
    marking.remarks().forEach(remark -> rest.add(Element.of("p", remark)));
    rest.add(Element.of("h3", "Mark it again"));
    rest.add(Element.of("pre", Element.of("code", command)));
    return page.section("conventions", "What it was marked by", rest)
        .number("verdict", marking.verdict().text())
        .number("lines", marking.lines().stream().map(MarkingPage::numbers).toList());
  }

  private static Element verdict(Marking marking) {
    return switch (marking.verdict()) {
      case RIGHT, RIGHT_BUT_SCALED -> banner("pass", "✓ Everything is right.");
      case WRONG, FOLLOWS -> banner("fail", "✗ Something is wrong.");
      case INCONCLUSIVE, UNREAD ->
          banner("inconclusive", "? Nothing is wrong, but not everything could be told.");
    };
  }

  private static Element banner(String style, String text) {
    return Element.of("div", Element.of("p", Element.of("strong", text)))
        .with("class", "verdict " + style)
        .with("id", "verdict");
  }

  private static Element line(Derivation.Line line, Marking.@Nullable Line said) {
    Element code = Element.of("code", line.source());
    Element number = Element.of("span", Integer.toString(line.number())).with("class", "number");
    if (said == null) {
      return Element.of("div", number, Element.of("span", "not marked"), code);
    }
    Element mark =
        switch (said.verdict()) {
          case RIGHT -> mark("pass-word", "✓ right");
          case RIGHT_BUT_SCALED -> mark("pass-word", "✓ right, scaled");
          case FOLLOWS -> mark("inconclusive-word", "↳ follows");
          case WRONG -> mark("fail-word", "✗ wrong");
          case INCONCLUSIVE, UNREAD -> mark("inconclusive-word", "? open");
        };
    return Element.of("div", number, mark, code)
        .containing(said(said).stream().map(text -> Element.of("p", text)).toList());
  }

  private static Element mark(String style, String text) {
    return Element.of("span", Content.text(text)).with("class", style);
  }

  private static List<String> said(Marking.Line line) {
    List<String> all = new ArrayList<>();
    switch (line.verdict()) {
      case RIGHT, RIGHT_BUT_SCALED -> {}
      case FOLLOWS ->
          line.follows()
              .ifPresent(
                  number -> all.add("It follows from line " + number + ", which is not right."));
      case WRONG -> {
        all.add(
            line.causes().isEmpty()
                ? "It is wrong, and no known mistake explains it."
                : line.causes().getFirst().cause().sentence());
        line.right().ifPresent(right -> all.add("Right: " + right));
      }
      case INCONCLUSIVE -> all.add(line.remark());
      case UNREAD -> line.problem().ifPresent(problem -> all.add(problem.message()));
    }
    return all;
  }

  private static Map<String, Object> numbers(Marking.Line line) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("line", line.line());
    all.put("name", line.name());
    all.put("verdict", line.verdict().text());
    all.put("causes", line.causes().stream().map(found -> found.cause().code()).toList());
    return all;
  }
}
