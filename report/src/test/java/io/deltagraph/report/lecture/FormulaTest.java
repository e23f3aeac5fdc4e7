package io.deltagraph.report.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Formulas as they are typed, and the MathML that stands on a page. */
class FormulaTest {
  @Test
  void lettersNumbersAndSigns() {
    assertThat(markup("a ← 2.5 b")).isEqualTo("<mi>a</mi><mo>←</mo><mn>2.5</mn><mi>b</mi>");
  }

  @Test
  void aSumIsASign() {
    assertThat(markup("Σ a")).isEqualTo("<mo>Σ</mo><mi>a</mi>");
  }

  @Test
  void whatStandsAboveAndBelow() {
    assertThat(markup("x_i^2")).isEqualTo("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>");
    assertThat(markup("W^{(l+1)}"))
        .isEqualTo(
            "<msup><mi>W</mi><mrow><mo stretchy=\"false\">(</mo><mi>l</mi><mo>+</mo><mn>1</mn>"
                + "<mo stretchy=\"false\">)</mo></mrow></msup>");
  }

  @Test
  void noBracketHasToGrow() {
    assertThat(markup("‖(w)‖")).contains("<mo stretchy=\"false\">‖</mo>", "stretchy=\"false\">(<");
  }

  @Test
  void theNameOfAFunctionKeepsOffItsArgument() {
    assertThat(markup("sin x"))
        .isEqualTo("<mi mathvariant=\"normal\">sin</mi><mspace width=\"0.17em\"/><mi>x</mi>");
    assertThat(markup("tanh(x)")).startsWith("<mi mathvariant=\"normal\">tanh</mi><mo");
    assertThat(markup("t ln a"))
        .isEqualTo(
            "<mi>t</mi><mspace width=\"0.17em\"/><mi mathvariant=\"normal\">ln</mi><mspace width=\"0.17em\"/><mi>a</mi>");
    assertThat(markup("a, b")).isEqualTo("<mi>a</mi><mo>,</mo><mspace width=\"0.6em\"/><mi>b</mi>");
  }

  private static String markup(String typed) {
    String all = Formula.of(typed).toString();
    String start = "<p class=\"formula\"><math displaystyle=\"true\"><mrow>";
    String end = "</mrow></math></p>";
    assertThat(all).startsWith(start).endsWith(end);
    return all.substring(start.length(), all.length() - end.length());
  }
}
