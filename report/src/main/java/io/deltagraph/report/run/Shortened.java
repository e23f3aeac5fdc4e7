package io.deltagraph.report.run;

/** Names that are no longer than a drawing has room for. */
final class Shortened {
  private static final int MOST = 24;

  private Shortened() {}

  static String name(String name) {
    return name.codePointCount(0, name.length()) <= MOST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MOST - 1)) + "…";
  }
}
