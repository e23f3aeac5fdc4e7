package io.deltagraph.derivations.language;

import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word or a sign of a line.
 *
 * @param kind what it is
 * @param text as written; signs in one spelling
 * @param place where it begins
 * @param spaced whether there is room before it
 * @param number of a numeral
 * @param name of a name
 * @param function of a function
 * @param indices of a sum by indices
 */
record Token(
    Kind kind,
    String text,
    Place place,
    boolean spaced,
    double number,
    @Nullable Name name,
    @Nullable Function function,
    List<String> indices) {

  enum Kind {
    NUMBER,
    NAME,
    FUNCTION,
    INDEX_SUM,
    METHOD,
    RAISED,
    TRANSPOSE,
    PRIME,
    SIGN,
    END
  }

  static Token plain(Kind kind, String text, Place place, boolean spaced) {
    return new Token(kind, text, place, spaced, 0, null, null, List.of());
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }
}
