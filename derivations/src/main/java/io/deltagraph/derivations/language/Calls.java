package io.deltagraph.derivations.language;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Transpose;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a function and its arguments are a tree of. */
final class Calls {
  private static final Map<String, Operator> TWO_FACTORS =
      ImmutableMap.of("dot", Operator.PRODUCT, "multiply", Operator.ENTRYWISE);

  private static final Map<String, String> LARGER =
      ImmutableMap.of("max", "maximum", "min", "minimum");

  private static final Map<String, String> COMPARISONS =
      ImmutableMap.of(">", "greater", "<", "less", ">=", "greater_equal", "<=", "less_equal");

  private Calls() {}

  static boolean isComparison(Token sign) {
    return sign.kind() == Token.Kind.SIGN && COMPARISONS.containsKey(sign.text());
  }

  static Call comparison(Token sign, Expression left, Expression right) {
    return Call.of(requireNonNull(COMPARISONS.get(sign.text())), left, right);
  }

  static boolean isReduction(Function function) {
    return function.name().equals("sum") || function.name().equals("mean");
  }

  /** What has a sign of its own in this language is the same as if it were written so. */
  static Expression of(
      Token token, Function function, List<Expression> arguments, Map<String, Object> attributes)
      throws Misread {
    if (isReduction(function)) {
      return reduction(token, function, arguments, attributes);
    }
    Operator operator = TWO_FACTORS.get(function.name());
    if (operator != null) {
      if (arguments.size() != 2 || !attributes.isEmpty()) {
        throw new Misread(token.place(), token.text(), "two factors");
      }
      return new Binary(operator, arguments.getFirst(), arguments.getLast());
    }
    if (function.name().equals("transpose") && arguments.size() == 1 && attributes.isEmpty()) {
      return new Transpose(arguments.getFirst());
    }
    String larger = LARGER.get(function.name());
    return larger != null && arguments.size() == 2 && attributes.isEmpty()
        ? new Call(Function.of(larger), arguments, Map.of())
        : new Call(function, arguments, ImmutableMap.copyOf(attributes));
  }

  private static Reduction reduction(
      Token token, Function function, List<Expression> arguments, Map<String, Object> attributes)
      throws Misread {
    Object axis = attributes.get("axis");
    if (arguments.size() == 2 && axis == null) {
      Expression second = arguments.get(1);
      axis =
          second instanceof Numeral(double value) && value == Math.rint(value) && value < 10
              ? (Object) (int) value
              : second instanceof Negate(Numeral(double value)) && value == 1
                  ? (Object) Integer.valueOf(-1)
                  : "";
    }
    Object keepdims = attributes.getOrDefault("keepdims", false);
    boolean known =
        attributes.keySet().stream().allMatch(n -> n.equals("axis") || n.equals("keepdims"));
    if (!known
        || arguments.size() > 2
        || (axis != null && !(axis instanceof Integer))
        || !(keepdims instanceof Boolean keep)) {
      throw new Misread(
          token.place(),
          token.text(),
          "a sum or mean such as sum(A), sum(A, 0) or sum(A, axis=0, keepdims=True)");
    }
    return new Reduction(
        function.name().equals("mean"),
        arguments.getFirst(),
        axis instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty(),
        keep);
  }
}
