package io.deltagraph.registry;

/**
 * Text of unknown origin (labels, names, paths) as a terminal may show it: control and format
 * characters are written as {@code \\uXXXX}, so that none moves the cursor, changes colours or
 * turns the direction of what follows.
 */
public final class Shown {
  private Shown() {}

  /** Text of several lines, whose breaks stay. */
  public static String text(String text) {
    return escaped(text, true);
  }

  /** A name or a cell, in which a line break is as foreign as any. */
  public static String line(String text) {
    return escaped(text, false);
  }

  private static String escaped(String text, boolean breaks) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (isForeign(c) && !(breaks && c == '\n')) {
            shown.append(String.format("\\u%04x", c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }

  private static boolean isForeign(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
