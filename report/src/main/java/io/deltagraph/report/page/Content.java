package io.deltagraph.report.page;

/** What can stand inside an element: another one, a text, or a formula. */
public sealed interface Content permits Element, PlainText, MathFormula {

  /** A text; whatever stands in it is shown and never read as markup. */
  static Content text(String text) {
    return new PlainText(text);
  }

  /** Adds its markup. */
  void write(StringBuilder out);
}
