package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a word of letters, digits and underscores means as a name or as a function. */
final class Vocabulary {
  /** Values of a layer: a raised digit after them is an index. */
  private static final Set<String> OF_LAYERS =
      ImmutableSet.of("W", "b", "alpha", "Z", "z", "S", "s", "A", "a", "H", "h");

  private static final Map<String, String> ASCII =
      ImmutableMap.of(
          "λ", "lambda", "η", "eta", "α", "alpha", "ŷ", "yhat", "Ŷ", "yhat", "Yhat", "yhat",
          "y_hat", "yhat", "Y_hat", "yhat");

  private static final Map<String, String> SAME_GRADIENT =
      ImmutableMap.of("z", "Z", "S", "Z", "s", "Z", "a", "A", "H", "A", "h", "A", "x", "X");

  private static final Map<String, String> FUNCTIONS =
      ImmutableMap.<String, String>builder()
          .put("sigma", "sigmoid")
          .put("σ", "sigmoid")
          .put("ς", "sigmoid")
          .put("sigmoid", "sigmoid")
          .put("tanh", "tanh")
          .put("relu", "relu")
          .put("exp", "exp")
          .put("log", "log")
          .put("ln", "log")
          .put("sqrt", "sqrt")
          .put("abs", "abs")
          .put("sign", "sign")
          .put("step", "heaviside")
          .put("softmax", "softmax")
          .put("one_hot", "one_hot")
          .put("onehot", "one_hot")
          .put("ones", "ones")
          .put("diag", "diag")
          .put("sum", "sum")
          .put("Σ", "sum")
          .put("mean", "mean")
          .put("dot", "dot")
          .put("multiply", "multiply")
          .put("transpose", "transpose")
          .buildOrThrow();

  private static final Pattern INDEXED = Pattern.compile("(.*?[^0-9_])_?([0-9]{1,9})");
  private static final Pattern GRADIENT =
      Pattern.compile(
          "(?:d|grad_|grad)((?:W|b|Z|z|S|s|A|a|H|h|X|x|alpha|α|[yY]hat|[yY]_hat|ŷ|Ŷ)(?:_?[0-9]{1,9})?)");

  /** Functions of a package of Python have its name before theirs. */
  private static final Pattern OF_PACKAGE = Pattern.compile("(?:np|numpy)\\.(.+)");

  /** What NumPy calls otherwise than the ops of this project. */
  private static final Map<String, String> NUMPY = ImmutableMap.of("matmul", "dot", "power", "pow");

  private static final Pattern PHI = Pattern.compile("(?:[pP][hH][iI]|φ|ϕ)_?([0-9]{0,9})");

  private final Set<String> functions;

  /** Knows the functions of the language and further ops by their names. */
  Vocabulary(Set<String> functions) {
    this.functions = functions;
  }

  /** The name that a word is, whose index may follow later. */
  static Name name(String word) {
    String text = Normalizer.normalize(word, Normalizer.Form.NFC);
    if (text.startsWith("∇")) {
      return gradient(value(text.substring(text.startsWith("∇_") ? 2 : 1)));
    }
    Matcher gradient = GRADIENT.matcher(text);
    if (gradient.matches()) {
      return gradient(value(gradient.group(1)));
    }
    Name value = value(text);
    return value.base().equals("delta") || value.base().equals("δ")
        ? new Name(Name.Of.GRADIENT, "Z", value.index())
        : value;
  }

  /** The gradient with respect to a value, under the usual one of its names. */
  static Name gradient(Name value) {
    return new Name(
        Name.Of.GRADIENT, SAME_GRADIENT.getOrDefault(value.base(), value.base()), value.index());
  }

  private static Name value(String text) {
    Matcher indexed = INDEXED.matcher(text);
    boolean whole = ASCII.containsKey(text) || !indexed.matches();
    String base = whole ? text : indexed.group(1);
    int index = whole ? Name.NO_INDEX : Integer.parseInt(indexed.group(2));
    return new Name(Name.Of.VALUE, ASCII.getOrDefault(base, base), index);
  }

  /** Whether a raised digit after the name is its index. */
  static boolean takesRaisedIndex(Name name) {
    return !name.indexed() && (name.isGradient() || OF_LAYERS.contains(name.base()));
  }

  /** Whether {@code ^(1)} after the name is its index. */
  static boolean takesBracketedIndex(Name name) {
    return takesRaisedIndex(name) || (!name.indexed() && !Spelling.TABLE.contains(name.base()));
  }

  /** The function that a word is, if it is one; {@code touching} if a bracket follows at once. */
  Optional<Function> function(String word, boolean touching) {
    Matcher ofPackage = OF_PACKAGE.matcher(word);
    if (ofPackage.matches()) {
      String own = ofPackage.group(1);
      return function(NUMPY.getOrDefault(own, own), touching);
    }
    if (word.equals("H") || word.equals("I")) {
      return touching
          ? Optional.of(Function.of(word.equals("H") ? "heaviside" : "I"))
          : Optional.empty();
    }
    Matcher phi = PHI.matcher(word);
    if (phi.matches()) {
      return Optional.of(
          new Function(
              "phi", phi.group(1).isEmpty() ? Name.NO_INDEX : Integer.parseInt(phi.group(1))));
    }
    String known = FUNCTIONS.get(word);
    if (known == null && isAscii(word)) {
      String lower = word.toLowerCase(Locale.ROOT);
      known = FUNCTIONS.get(lower);
      if (known == null && functions.contains(lower)) {
        known = lower;
      }
    }
    int output = word.indexOf('.');
    boolean named = functions.contains(output > 0 ? word.substring(0, output) : word);
    if (known == null && (named || word.contains(":"))) {
      known = word;
    }
    return Optional.ofNullable(known).map(Function::of);
  }

  /** Whether a word before a dot is a part of the name behind it, and no matrix with a method. */
  boolean leadsOn(String word) {
    return functions.contains(word) || OF_PACKAGE.matcher(word + ".x").matches();
  }

  private static boolean isAscii(String word) {
    return word.chars().allMatch(c -> c < 128);
  }
}
