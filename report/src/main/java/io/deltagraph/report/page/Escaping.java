package io.deltagraph.report.page;

/**
 * The one place where a text becomes a part of a page: inside an element, inside an attribute in
 * double quotes, and inside a script element that holds JSON.
 */
final class Escaping {
  private static final char UNKNOWN = '\uFFFD';

  private Escaping() {}

  /** Adds a text as it stands between tags or between double quotes, in HTML and in SVG. */
  static void markup(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else {
            out.append(isShown(c) ? c : UNKNOWN);
          }
        }
      }
    }
  }

  /** Neither half a character nor what a reader cannot see but which changes what they see. */
  private static boolean isShown(char c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean direction =
        (c >= '\u202A' && c <= '\u202E')
            || (c >= '\u2066' && c <= '\u2069')
            || c == '\u200E'
            || c == '\u200F';
    return !control && !direction && !Character.isSurrogate(c) && c < '\uFFFE';
  }

  /** JSON as it stands in a script element: nothing in it can end that, or begin another. */
  static String jsonInScript(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
