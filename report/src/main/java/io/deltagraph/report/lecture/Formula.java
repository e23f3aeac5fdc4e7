package io.deltagraph.report.lecture;

import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.MathFormula;
import java.util.function.IntPredicate;

/**
 * A formula as it is typed, {@code w ← w + η (t − H(z)) x_i^2}, as MathML. It stays on one line, so
 * that no bracket has to grow: a browser without a font for mathematics could not draw that.
 */
final class Formula {
  private static final String FENCES = "()[]‖⌈⌉";
  private static final char SUM = 'Σ';
  private static final String WIDE = "<mspace width=\"0.6em\"/>";
  private static final String THIN = "<mspace width=\"0.17em\"/>";

  private final String typed;
  private int at;

  private Formula(String typed) {
    this.typed = typed;
  }

  /** A line of its own, short enough for a phone. */
  static Element of(String typed) {
    String row = new Formula(typed).row();
    return Element.of("p", new MathFormula("<math displaystyle=\"true\">" + row + "</math>"))
        .with("class", "formula");
  }

  private String row() {
    StringBuilder out = new StringBuilder("<mrow>");
    while (at < typed.length() && typed.charAt(at) != '}') {
      if (typed.charAt(at) == ' ') {
        at++;
      } else {
        boolean behindFactor = out.indexOf("</mi>", out.length() - 5) >= 0;
        out.append(isName() && behindFactor ? THIN : "").append(scripted());
      }
    }
    return out.append("</mrow>").toString();
  }

  /** A base with what stands below and above; a name of several letters keeps off its argument. */
  private String scripted() {
    boolean name = isName();
    String base = atom();
    String below = script('_');
    String above = script('^');
    String all;
    if (!below.isEmpty() && !above.isEmpty()) {
      all = "<msubsup>" + base + below + above + "</msubsup>";
    } else if (!below.isEmpty()) {
      all = "<msub>" + base + below + "</msub>";
    } else {
      all = above.isEmpty() ? base : "<msup>" + base + above + "</msup>";
    }
    boolean applied = name && at < typed.length() && typed.charAt(at) == ' ';
    return applied ? all + THIN : all;
  }

  /** Whether several letters come next, which are one name. */
  private boolean isName() {
    return at + 1 < typed.length()
        && Character.isLetter(typed.charAt(at))
        && Character.isLetter(typed.charAt(at + 1));
  }

  private String script(char sign) {
    if (at >= typed.length() || typed.charAt(at) != sign) {
      return "";
    }
    at++;
    return atom();
  }

  private String atom() {
    char first = typed.charAt(at);
    if (first == '{') {
      at++;
      String inner = row();
      at++;
      return inner;
    }
    if (Character.isLetter(first) && first != SUM) {
      String kind = isName() ? "<mi mathvariant=\"normal\">" : "<mi>";
      return kind + taken(Character::isLetter) + "</mi>";
    }
    if (isOfNumber(first)) {
      return "<mn>" + taken(Formula::isOfNumber) + "</mn>";
    }
    at++;
    if (first == ',') {
      return "<mo>,</mo>" + WIDE;
    }
    return FENCES.indexOf(first) >= 0
        ? "<mo stretchy=\"false\">" + first + "</mo>"
        : "<mo>" + first + "</mo>";
  }

  private static boolean isOfNumber(int character) {
    return (character >= '0' && character <= '9') || character == '.';
  }

  private String taken(IntPredicate kind) {
    int start = at;
    while (at < typed.length() && kind.test(typed.charAt(at))) {
      at++;
    }
    return typed.substring(start, at);
  }
}
