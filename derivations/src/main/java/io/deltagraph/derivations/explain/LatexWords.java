package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** Words with mathematical signs in them, as the names of rules are, for LaTeX. */
final class LatexWords {
  private static final Map<Integer, String> SIGNS =
      ImmutableMap.<Integer, String>builder()
          .put((int) '⊙', "$\\odot$")
          .put((int) 'ᵀ', "$^\\top$")
          .put((int) '→', "$\\to$")
          .put((int) '−', "$-$")
          .put((int) '±', "$\\pm$")
          .put((int) '×', "$\\times$")
          .put((int) '²', "$^2$")
          .put((int) '½', "$\\frac12$")
          .put((int) '∂', "$\\partial$")
          .put((int) 'Σ', "$\\Sigma$")
          .put((int) 'Φ', "$\\Phi$")
          .put((int) 'φ', "$\\varphi$")
          .put((int) 'σ', "$\\sigma$")
          .put((int) 'λ', "$\\lambda$")
          .put((int) 'α', "$\\alpha$")
          .put((int) 'δ', "$\\delta$")
          .put((int) '\'', "$'$")
          .put((int) '<', "$<$")
          .put((int) '>', "$>$")
          .put((int) '|', "$|$")
          .put((int) '\\', "$\\backslash$")
          .put((int) '^', "\\^{}")
          .put((int) '~', "\\~{}")
          .put((int) '{', "\\{")
          .put((int) '}', "\\}")
          .put((int) '$', "\\$")
          .put((int) '&', "\\&")
          .put((int) '#', "\\#")
          .put((int) '_', "\\_")
          .put((int) '%', "\\%")
          .buildOrThrow();

  private LatexWords() {}

  /** A sign that LaTeX may not have is written as its number. */
  static String of(String words) {
    StringBuilder text = new StringBuilder();
    words
        .codePoints()
        .forEach(sign -> {
          String known = SIGNS.get(sign);
          boolean set = sign < 0x7f || (sign < 0x180 && Character.isLetter(sign));
          text.append(
              known != null ? known : set ? Character.toString(sign) : "(U+%04X)".formatted(sign));
        });
    return text.toString();
  }
}
