package io.deltagraph.derivations.language;

import com.google.common.base.Splitter;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of an equation into words and signs. */
final class Lexer {
  /** No equation of a derivation is longer; trees and what walks them stay small. */
  static final int MOST_TOKENS = 2_000;

  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉";
  private static final Pattern COST =
      Pattern.compile("(?:∂|d)(?:C|L|J|loss)\\s*/\\s*(?:∂|d)(?=[\\p{L}])");
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9]+(?:\\.(?![*/^T])[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}_∂∇&&[^ᵀΣ]][\\p{L}\\p{M}0-9_&&[^ᵀΣ]]*|Σ(?:_[\\p{L}0-9&&[^ᵀΣ]]+)?");
  private static final Pattern FURTHER =
      Pattern.compile("\\.(?!T(?![\\p{L}0-9_]))[\\p{L}_&&[^ᵀΣ]][\\p{L}\\p{M}0-9_&&[^ᵀΣ]]*");
  private static final Pattern METHOD = Pattern.compile("\\.(sum|mean|dot|transpose)\\s*(?=\\()");
  private static final Pattern SPACED_NAME =
      Pattern.compile(":[\\p{L}_][\\p{L}0-9_]*(?=['′’]?\\()");
  private static final Pattern INDEX =
      Pattern.compile(
          "_\\{([0-9]{1,9})}|\\^\\(([0-9]{1,9})\\)|\\^\\[([0-9]{1,9})]|\\^\\{\\(([0-9]{1,9})\\)}");
  private static final Pattern SUM_INDICES =
      Pattern.compile("_?\\{\\s*(\\p{L}+(?:\\s*,\\s*\\p{L}+)*)\\s*}");
  private static final Pattern TRANSPOSE =
      Pattern.compile("ᵀ|⊤|\\.T(?![\\p{L}0-9_])|\\^(?:T|⊤)(?![\\p{L}0-9_])|\\^\\{(?:T|⊤)}");
  private static final Pattern SIGN =
      Pattern.compile("\\.\\*|\\./|\\.\\^|\\*\\*|[<>]=|[-−–+*/@·⋅⊙∘^()\\[\\]{},=:;<>≤≥]");

  private final String text;
  private final Place[] places;
  private final Vocabulary words;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private String found = "";
  private boolean spaced;

  private Lexer(String text, Place[] places, Vocabulary words) {
    this.text = text;
    this.places = places;
    this.words = words;
  }

  /**
   * The tokens of a text, the last of them the end.
   *
   * @param places where each char of the text stands in the file, and one more for the end
   */
  static List<Token> tokens(String text, Place[] places, Vocabulary words) throws Misread {
    Lexer lexer = new Lexer(text, places, words);
    lexer.run();
    return lexer.tokens;
  }

  private void run() throws Misread {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        at += Character.charCount(c);
        spaced = true;
        continue;
      }
      if (tokens.size() == MOST_TOKENS) {
        throw new Misread(
            place(),
            Character.toString(c),
            "an end: an equation has at most " + MOST_TOKENS + " words and signs");
      }
      token(c);
      spaced = false;
    }
    tokens.add(Token.plain(Token.Kind.END, "", place(), spaced));
  }

  private void token(int c) throws Misread {
    Place place = place();
    if (c == '½' || c == '¼') {
      at++;
      number(c == '½' ? 0.5 : 0.25, Character.toString(c), place);
    } else if (reads(NUMBER)) {
      double value = Double.parseDouble(found);
      if (!Double.isFinite(value)) {
        throw new Misread(place, found, "a number below 1e308");
      }
      number(value, found, place);
    } else if (reads(TRANSPOSE)) {
      add(Token.Kind.TRANSPOSE, found, place);
    } else if (reads(METHOD)) {
      String method = found.substring(1).strip();
      Function function = Function.of(method);
      tokens.add(new Token(Token.Kind.METHOD, method, place, spaced, 0, null, function, List.of()));
    } else if (reads(COST)) {
      String cost = found;
      String word = next(WORD).orElse("");
      if (word.isEmpty()) {
        throw new Misread(place(), here(), "the name of what the cost is derived by");
      }
      name(Vocabulary.gradient(Vocabulary.name(further(word))), cost + word, place);
    } else if (reads(WORD)) {
      word(further(found), place);
    } else if ("'′’".indexOf(c) >= 0) {
      at++;
      add(Token.Kind.PRIME, "'", place);
    } else if (RAISED.indexOf(c) >= 0) {
      add(Token.Kind.RAISED, digits(RAISED), place);
    } else if (reads(SIGN)) {
      add(Token.Kind.SIGN, sign(found), place);
    } else {
      throw new Misread(place, Character.toString(c), "a name, a number or an operator");
    }
  }

  private static String sign(String sign) {
    return switch (sign) {
      case "−", "–" -> "-";
      case "·", "⋅" -> "@";
      case "∘" -> "⊙";
      case ".^", "**" -> "^";
      case "./" -> "/";
      case "≤" -> "<=";
      case "≥" -> ">=";
      default -> sign;
    };
  }

  private String further(String word) {
    StringBuilder whole = new StringBuilder(word);
    while ((!looking(METHOD) || words.leadsOn(whole.toString())) && reads(FURTHER)) {
      whole.append(found);
    }
    return whole.append(next(SPACED_NAME).orElse("")).toString();
  }

  private void word(String word, Place place) throws Misread {
    boolean sum = word.startsWith("sum_") || word.startsWith("Σ_");
    if (sum || ((word.equals("Σ") || word.equals("sum_")) && looking(SUM_INDICES))) {
      Optional<String> braced =
          word.endsWith("_") || word.equals("Σ") ? next(SUM_INDICES) : Optional.empty();
      String indices =
          braced
              .map(b -> b.replaceAll("[_{}\\s]", ""))
              .orElse(word.substring(word.indexOf('_') + 1));
      List<String> names = Splitter.on(',').splitToList(indices);
      if (indices.isEmpty()) {
        throw new Misread(place(), here(), "the index that is summed over");
      }
      tokens.add(new Token(Token.Kind.INDEX_SUM, word, place, spaced, 0, null, null, names));
      return;
    }
    if (word.endsWith("_") && word.length() > 1 && at < text.length() && text.charAt(at) == '{') {
      at--;
      word = word.substring(0, word.length() - 1);
    }
    if (word.equals("∇") || word.equals("∇_")) {
      throw new Misread(place(), here(), "the name of what the gradient is taken by");
    }
    String lowered = word;
    Name base = Vocabulary.name(word);
    if (isLowered()) {
      lowered = word + "_" + digits(LOWERED);
    }
    Optional<Function> function = function(lowered);
    if (function.isPresent()) {
      tokens.add(
          new Token(Token.Kind.FUNCTION, word, place, spaced, 0, null, function.get(), List.of()));
      return;
    }
    name(lowered.equals(word) ? base : Vocabulary.name(lowered), word, place);
  }

  /** The function that a word is, if a bracket follows it, perhaps behind a prime. */
  private Optional<Function> function(String word) {
    int behind = at;
    Matcher index = INDEX.matcher(text).region(at, text.length());
    boolean phi = word.equalsIgnoreCase("phi") || word.equals("φ") || word.equals("ϕ");
    String whole = word;
    if (phi && index.lookingAt()) {
      behind = index.end();
      whole = word + group(index);
    } else if (phi && behind < text.length() && RAISED.indexOf(text.charAt(behind)) >= 0) {
      int end = behind;
      while (end < text.length() && RAISED.indexOf(text.charAt(end)) >= 0 && end < behind + 9) {
        whole += RAISED.indexOf(text.charAt(end++));
      }
      behind = end;
    }
    int next = behind;
    if (next < text.length() && "'′’".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    boolean touching = next < text.length() && text.charAt(next) == '(';
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next >= text.length() || text.charAt(next) != '(') {
      return Optional.empty();
    }
    Optional<Function> function = words.function(whole, touching);
    if (function.isPresent()) {
      at = behind;
    }
    return function;
  }

  private void name(Name name, String word, Place place) {
    Name whole = name;
    if (!name.indexed()) {
      Matcher index = INDEX.matcher(text).region(at, text.length());
      if (isLowered()) {
        whole = indexed(name, digits(LOWERED));
      } else if (at < text.length()
          && RAISED.indexOf(text.charAt(at)) >= 0
          && Vocabulary.takesRaisedIndex(name)) {
        whole = indexed(name, digits(RAISED));
      } else if (index.lookingAt()
          && (text.charAt(at) == '_' || Vocabulary.takesBracketedIndex(name))) {
        at = index.end();
        whole = indexed(name, group(index));
      }
    }
    tokens.add(new Token(Token.Kind.NAME, word, place, spaced, 0, whole, null, List.of()));
  }

  private static Name indexed(Name name, String digits) {
    return new Name(name.of(), name.base(), Integer.parseInt(digits));
  }

  private static String group(Matcher matcher) {
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (matcher.group(i) != null) {
        return matcher.group(i);
      }
    }
    return "";
  }

  private boolean isLowered() {
    return at < text.length() && LOWERED.indexOf(text.charAt(at)) >= 0;
  }

  /** Up to nine digits of an alphabet, in ASCII. */
  private String digits(String alphabet) {
    StringBuilder digits = new StringBuilder();
    while (at < text.length() && alphabet.indexOf(text.charAt(at)) >= 0 && digits.length() < 9) {
      digits.append(alphabet.indexOf(text.charAt(at++)));
    }
    return digits.toString();
  }

  private void number(double value, String written, Place place) {
    tokens.add(new Token(Token.Kind.NUMBER, written, place, spaced, value, null, null, List.of()));
  }

  private void add(Token.Kind kind, String written, Place place) {
    tokens.add(Token.plain(kind, written, place, spaced));
  }

  private boolean looking(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).lookingAt();
  }

  /** Whether a pattern comes next; then it is read, and {@link #found}. */
  private boolean reads(Pattern pattern) {
    Optional<String> next = next(pattern);
    found = next.orElse("");
    return next.isPresent();
  }

  private Optional<String> next(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher.group());
  }

  private Place place() {
    return places[at];
  }

  private String here() {
    return at < text.length() ? Character.toString(text.codePointAt(at)) : "";
  }
}
