package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.derivations.language.Expression.Transpose;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Makes a tree of the tokens of one equation. */
final class Parser {
  /** How deep brackets may lie in each other. */
  static final int MOST_BRACKETS = 200;

  private final List<Token> tokens;
  private final Map<Expression, Place> places = new IdentityHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int at;
  private int depth;

  Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  Map<Expression, Place> places() {
    return places;
  }

  List<String> warnings() {
    return warnings;
  }

  /** {@code name = expression}, {@code name[i, j] = expression}. */
  Equation equation() throws Misread {
    Token first = token();
    if (first.kind() != Token.Kind.NAME) {
      throw misread("a name, as in 'name = expression'");
    }
    at++;
    Name name = Objects.requireNonNull(first.name());
    List<String> indices = new ArrayList<>();
    if (token().is("[")) {
      do {
        at++;
        indices.add(indexName());
      } while (token().is(","));
      expect("]");
    }
    Token step = token();
    boolean update = (step.is("-") || step.is("+")) && tokens.get(at + 1).is("=");
    if (update) {
      at++;
    }
    expect("=");
    Expression right = sum();
    while (token().is(";")) {
      at++;
    }
    if (token().kind() != Token.Kind.END) {
      throw misread("an operator or the end of the line");
    }
    if (update) {
      Operator operator = step.is("-") ? Operator.MINUS : Operator.PLUS;
      right = placed(new Binary(operator, placed(name, first), right), first);
    }
    return new Equation(name, indices, right);
  }

  private String indexName() throws Misread {
    Token token = token();
    boolean letters = token.kind() == Token.Kind.NAME && token.text().matches("\\p{L}+");
    if (!letters) {
      throw misread("an index such as i");
    }
    at++;
    return token.text();
  }

  private Expression sum() throws Misread {
    Token start = token();
    Expression left;
    if (start.is("-") || start.is("+")) {
      at++;
      Expression operand = entrywise();
      left = start.is("-") ? placed(new Negate(operand), start) : operand;
    } else {
      left = entrywise();
    }
    while (token().is("+") || token().is("-")) {
      Operator operator = token().is("+") ? Operator.PLUS : Operator.MINUS;
      Token sign = token();
      at++;
      left = placed(new Binary(operator, left, entrywise()), sign);
    }
    return left;
  }

  private Expression entrywise() throws Misread {
    Expression left = product();
    while (token().is("⊙")) {
      Token sign = token();
      at++;
      left = placed(new Binary(Operator.ENTRYWISE, left, product()), sign);
    }
    return left;
  }

  private Expression product() throws Misread {
    Expression left = factor();
    while (true) {
      Token sign = token();
      Operator operator = operator(sign);
      if (operator != null) {
        at++;
        left = placed(new Binary(operator, left, factor()), sign);
        warn(sign);
      } else if (beginsFactor(sign)) {
        left = placed(new Binary(Operator.PRODUCT, left, factor()), sign);
      } else if (sign.kind() == Token.Kind.NUMBER) {
        throw misread("an operator: a number stands before what it multiplies");
      } else {
        return left;
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Operator operator(Token sign) {
    if (sign.kind() != Token.Kind.SIGN) {
      return null;
    }
    return switch (sign.text()) {
      case "@" -> Operator.PRODUCT;
      case "*" -> Operator.STAR;
      case "/" -> Operator.QUOTIENT;
      case ".*" -> Operator.ENTRYWISE;
      default -> null;
    };
  }

  private static boolean beginsFactor(Token token) {
    return switch (token.kind()) {
      case NAME, FUNCTION, INDEX_SUM -> true;
      case SIGN -> token.is("(");
      case NUMBER, RAISED, TRANSPOSE, PRIME, END -> false;
    };
  }

  /** {@code 1/2n} is n/2. */
  private void warn(Token sign) {
    Token under = tokens.get(at - 1);
    if (sign.is("/")
        && under.kind() == Token.Kind.NUMBER
        && beginsFactor(token())
        && !token().spaced()) {
      String written = "/" + under.text() + token().text();
      warnings.add(
          "'%s' divides by %s alone: write '/(%s %s)' to divide by both."
              .formatted(written, under.text(), under.text(), token().text()));
    }
  }

  private Expression factor() throws Misread {
    Token start = token();
    boolean negative = false;
    while (token().is("-") || token().is("+")) {
      negative ^= token().is("-");
      at++;
    }
    Expression factor = token().kind() == Token.Kind.INDEX_SUM ? indexSum() : postfix(atom());
    return negative ? placed(new Negate(factor), start) : factor;
  }

  /**
   * {@code Σ_s (…)} is over the brackets alone, unless the index stands behind them; {@code Σ_s …}
   * goes up to the next plus, minus or end.
   */
  private Expression indexSum() throws Misread {
    Token start = token();
    at++;
    enter();
    Expression operand;
    boolean call = false;
    if (token().is("(") && !usedBehind(start.indices())) {
      operand = bracket();
      call = true;
    } else {
      operand = entrywise();
    }
    depth--;
    Expression sum = placed(new IndexSum(start.indices(), operand), start);
    return call ? postfix(sum) : sum;
  }

  private boolean usedBehind(List<String> indices) {
    int level = 0;
    int position = at;
    do {
      Token token = tokens.get(position);
      level += opens(token) ? 1 : closes(token) ? -1 : 0;
      position++;
    } while (level > 0 && position < tokens.size());
    int selecting = 0;
    for (; position < tokens.size(); position++) {
      Token token = tokens.get(position);
      if (level == 0 && (token.is("+") || token.is("-") || token.is(","))) {
        return false;
      }
      level += opens(token) ? 1 : closes(token) ? -1 : 0;
      selecting += token.is("[") ? 1 : token.is("]") ? -1 : 0;
      if (level < 0) {
        return false;
      }
      if (selecting > 0 && indices.contains(token.text())) {
        return true;
      }
    }
    return false;
  }

  private static boolean opens(Token token) {
    return token.is("(") || token.is("[") || token.is("{");
  }

  private static boolean closes(Token token) {
    return token.is(")") || token.is("]") || token.is("}");
  }

  private Expression atom() throws Misread {
    Token token = token();
    switch (token.kind()) {
      case NUMBER -> {
        at++;
        return placed(new Numeral(token.number()), token);
      }
      case NAME -> {
        at++;
        Name name = Objects.requireNonNull(token.name());
        return placed(new Name(name.of(), name.base(), name.index()), token);
      }
      case FUNCTION -> {
        return function();
      }
      case SIGN -> {
        if (token.is("(")) {
          return bracket();
        }
      }
      case INDEX_SUM, RAISED, TRANSPOSE, PRIME, END -> {}
    }
    throw misread("an expression");
  }

  private Expression bracket() throws Misread {
    expect("(");
    enter();
    Expression inside = sum();
    depth--;
    expect(")");
    return inside;
  }

  private void enter() throws Misread {
    if (++depth > MOST_BRACKETS) {
      throw misread("at most " + MOST_BRACKETS + " levels of brackets");
    }
  }

  private Expression postfix(Expression base) throws Misread {
    Expression result = base;
    while (true) {
      Token token = token();
      if (token.kind() == Token.Kind.TRANSPOSE || token.kind() == Token.Kind.PRIME) {
        if (result instanceof Numeral) {
          throw misread("an operator: a number has no transpose");
        }
        at++;
        result = placed(new Transpose(result), token);
      } else if (token.kind() == Token.Kind.RAISED) {
        at++;
        Expression exponent = placed(new Numeral(Integer.parseInt(token.text())), token);
        result = placed(new Binary(Operator.POWER, result, exponent), token);
      } else if (token.is("^")) {
        at++;
        result = placed(new Binary(Operator.POWER, result, exponent()), token);
      } else if (token.is("[")) {
        result = placed(new Selection(result, selectors()), token);
      } else {
        return result;
      }
    }
  }

  private Expression exponent() throws Misread {
    Token token = token();
    if (token.is("-")) {
      at++;
      return placed(new Negate(exponent()), token);
    }
    if (token.is("{")) {
      at++;
      enter();
      Expression inside = sum();
      depth--;
      expect("}");
      return inside;
    }
    Expression exponent = atom();
    if (token().is("^")) {
      Token sign = token();
      at++;
      enter();
      exponent = placed(new Binary(Operator.POWER, exponent, exponent()), sign);
      depth--;
    }
    return exponent;
  }

  private Expression function() throws Misread {
    Token token = token();
    Function function = Objects.requireNonNull(token.function());
    at++;
    boolean derivative = token().kind() == Token.Kind.PRIME;
    if (derivative) {
      at++;
    }
    expect("(");
    enter();
    List<Expression> arguments = new ArrayList<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    do {
      if (token().is(",")) {
        at++;
      }
      if (token().kind() == Token.Kind.NAME && tokens.get(at + 1).is("=")) {
        String name = token().text();
        at += 2;
        if (attributes.put(name, data()) != null) {
          at--;
          throw misread("each attribute once");
        }
      } else {
        if (!attributes.isEmpty()) {
          throw misread("an attribute such as axis=0, after the first of them");
        }
        arguments.add(sum());
      }
    } while (token().is(","));
    depth--;
    Token end = token();
    expect(")");
    boolean reduction = function.name().equals("sum") || function.name().equals("mean");
    if (arguments.isEmpty()) {
      throw new Misread(end.place(), end.text(), "an expression");
    }
    if (derivative) {
      if (reduction) {
        throw new Misread(token.place(), token.text() + "'", "a function by entries");
      }
      return placed(new Derivative(function, arguments, ImmutableMap.copyOf(attributes)), token);
    }
    return placed(
        reduction
            ? reduction(token, function, arguments, attributes)
            : new Call(function, arguments, ImmutableMap.copyOf(attributes)),
        token);
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
              : second instanceof Negate(Numeral(double value)) && value == 1 ? (Object) (-1) : "";
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

  /** The value of an attribute: a number, a truth value, a word or a list of whole numbers. */
  private Object data() throws Misread {
    Token token = token();
    if (token.is("[") || token.is("(")) {
      List<Object> list = new ArrayList<>();
      String close = token.is("[") ? "]" : ")";
      do {
        at++;
        if (!token().is(close)) {
          list.add(whole());
        }
      } while (token().is(","));
      expect(close);
      return List.copyOf(list);
    }
    if (token.kind() == Token.Kind.NAME) {
      at++;
      return switch (token.text()) {
        case "True", "true" -> true;
        case "False", "false" -> false;
        default -> token.text();
      };
    }
    boolean negative = token.is("-");
    if (negative) {
      at++;
    }
    if (token().kind() != Token.Kind.NUMBER) {
      throw misread("a number, True, False or a list such as [0]");
    }
    double value = (negative ? -1 : 1) * token().number();
    boolean whole = token().text().matches("[0-9]{1,9}");
    at++;
    return whole ? (Object) (int) value : (Object) value;
  }

  private int whole() throws Misread {
    boolean negative = token().is("-");
    if (negative) {
      at++;
    }
    if (token().kind() != Token.Kind.NUMBER || !token().text().matches("[0-9]{1,9}")) {
      throw misread("a whole number");
    }
    return (negative ? -1 : 1) * (int) tokens.get(at++).number();
  }

  private List<Selector> selectors() throws Misread {
    List<Selector> selectors = new ArrayList<>();
    do {
      at++;
      if (token().kind() == Token.Kind.NAME) {
        selectors.add(new Selector.Index(indexName()));
        continue;
      }
      OptionalInt from = token().is(":") ? OptionalInt.empty() : OptionalInt.of(whole());
      if (token().is(":")) {
        at++;
        boolean open = token().is(",") || token().is("]");
        selectors.add(
            new Selector.Range(from, open ? OptionalInt.empty() : OptionalInt.of(whole())));
      } else {
        selectors.add(new Selector.At(from.getAsInt()));
      }
    } while (token().is(","));
    expect("]");
    return selectors;
  }

  private <E extends Expression> E placed(E expression, Token token) {
    places.put(expression, token.place());
    return expression;
  }

  private Token token() {
    return tokens.get(at);
  }

  private void expect(String sign) throws Misread {
    if (!token().is(sign)) {
      throw misread("'" + sign + "'");
    }
    at++;
  }

  private Misread misread(String expected) {
    return new Misread(token().place(), token().text(), expected);
  }
}
