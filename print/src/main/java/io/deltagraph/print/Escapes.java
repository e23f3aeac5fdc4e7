package io.deltagraph.print;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.registry.Shown;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes names of unknown origin harmless where they are shown. */
final class Escapes {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_%][\\p{L}\\p{M}\\p{N}_.%/:']*");
  private static final Pattern INDEXED = Pattern.compile("(\\p{L}|[a-z]{2,7})_?([0-9]{1,4})");
  private static final Set<String> GREEK =
      ImmutableSet.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda",
          "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega");

  private Escapes() {}

  /** A name as it is where it cannot be mistaken for a formula, quoted otherwise. */
  static String text(String name) {
    return PLAIN.matcher(name).matches()
        ? name
        : "'" + Shown.line(name).replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A name in LaTeX: {@code W1} and {@code delta_2} with an index, others as words. */
  static String latexName(String name) {
    Matcher indexed = INDEXED.matcher(name);
    if (indexed.matches() && isLetter(indexed.group(1))) {
      return letter(indexed.group(1)) + "_{" + indexed.group(2) + "}";
    }
    return isLetter(name) || name.matches("[0-9]+") ? letter(name) : "\\text{" + latex(name) + "}";
  }

  /** A letter that mathematics mode has: of others, LaTeX sets those in words alone. */
  private static boolean isLetter(String name) {
    return GREEK.contains(name) || name.matches("[A-Za-z]");
  }

  private static String letter(String name) {
    return GREEK.contains(name) ? "\\" + name : name;
  }

  /**
   * Words for LaTeX, every special character escaped. Of letters beyond ASCII it sets those of
   * Europe's Latin scripts; others are shown by their number.
   */
  static String latex(String text) {
    StringBuilder escaped = new StringBuilder();
    Shown.line(text)
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> escaped.append("\\textbackslash{}");
            case '{', '}', '$', '&', '#', '_', '%' -> escaped.append('\\').appendCodePoint(c);
            case '^' -> escaped.append("\\textasciicircum{}");
            case '~' -> escaped.append("\\textasciitilde{}");
            case '<' -> escaped.append("\\textless{}");
            case '>' -> escaped.append("\\textgreater{}");
            case '|' -> escaped.append("\\textbar{}");
            default -> {
              boolean set = c < 0x7f || (c >= 0xc0 && c < 0x180 && c != 0xd7 && c != 0xf7);
              escaped.append(set ? Character.toString(c) : String.format("(U+%04X)", c));
            }
          }
        });
    return escaped.toString();
  }

  /** A text inside a quoted string of DOT, which reads backslashes and HTML's entities. */
  static String dot(String text) {
    return Shown.line(text).replace("&", "&amp;").replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
