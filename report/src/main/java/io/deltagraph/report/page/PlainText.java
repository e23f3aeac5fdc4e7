package io.deltagraph.report.page;

/** A text. */
record PlainText(String text) implements Content {
  @Override
  public void write(StringBuilder out) {
    Escaping.markup(text, out);
  }
}
