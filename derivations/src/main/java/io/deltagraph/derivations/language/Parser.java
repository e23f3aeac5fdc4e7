package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Transpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes a tree of the tokens of one equation. */
final class Parser extends Tokens {
  private final List<String> warnings = new ArrayList<>();

  Parser(List<Token> tokens) {
    super(tokens);
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
    if (token().is("^")) {
      throw misread(
          "'=', or the number of a layer as in %s3 or %s^(3)".replace("%s", first.text()));
    }
    expect("=");
    Expression right = comparison();
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

  /** {@code Z > 0} is 1 where it holds and 0 elsewhere. */
  private Expression comparison() throws Misread {
    Expression left = sum();
    Token sign = token();
    if (!Calls.isComparison(sign)) {
      return left;
    }
    at++;
    return placed(Calls.comparison(sign, left, sum()), sign);
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

  private static @Nullable Operator operator(Token sign) {
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
      case NUMBER, METHOD, RAISED, TRANSPOSE, PRIME, END -> false;
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
    Expression factor =
        token().kind() == Token.Kind.INDEX_SUM
            ? indexSum()
            : token().kind() == Token.Kind.NAME && token().text().equals("Σ")
                ? openSum()
                : postfix(atom());
    return negative ? placed(new Negate(factor), start) : factor;
  }

  /**
   * {@code Σ_s(…)} is over the brackets alone, unless the index stands behind them; {@code Σ_s …}
   * goes up to the next plus, minus or end.
   */
  private Expression indexSum() throws Misread {
    Token start = token();
    at++;
    enter();
    Expression operand;
    boolean call = false;
    if (token().is("(") && !token().spaced() && !usedBehind(start.indices())) {
      operand = bracket();
      call = true;
    } else {
      operand = entrywise();
    }
    depth--;
    Expression sum = placed(new IndexSum(start.indices(), operand), start);
    return call ? postfix(sum) : sum;
  }

  /** {@code Σ r²}, without brackets: over all entries, up to the next plus, minus or end. */
  private Expression openSum() throws Misread {
    Token start = token();
    at++;
    enter();
    Expression operand = entrywise();
    depth--;
    return placed(new Reduction(false, operand, OptionalInt.empty(), false), start);
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
      case INDEX_SUM, METHOD, RAISED, TRANSPOSE, PRIME, END -> {}
    }
    throw misread("an expression");
  }

  private Expression bracket() throws Misread {
    expect("(");
    enter();
    Expression inside = comparison();
    depth--;
    expect(")");
    return inside;
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
      } else if (token.kind() == Token.Kind.METHOD) {
        at++;
        result = call(token, false, List.of(result));
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
    at++;
    boolean derivative = token().kind() == Token.Kind.PRIME;
    if (derivative) {
      at++;
    }
    return call(token, derivative, List.of());
  }

  /** What stands in the brackets behind a function, or behind a method of a first argument. */
  private Expression call(Token token, boolean derivative, List<Expression> before) throws Misread {
    Function function = Objects.requireNonNull(token.function());
    expect("(");
    enter();
    List<Expression> arguments = new ArrayList<>(before);
    Map<String, Object> attributes = new LinkedHashMap<>();
    boolean more = before.isEmpty() || !token().is(")");
    while (more) {
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
        arguments.add(comparison());
      }
      more = token().is(",");
      at += more ? 1 : 0;
    }
    depth--;
    Token end = token();
    expect(")");
    if (arguments.isEmpty()) {
      throw new Misread(end.place(), end.text(), "an expression");
    }
    if (derivative) {
      if (Calls.isReduction(function)) {
        throw new Misread(token.place(), token.text() + "'", "a function by entries");
      }
      return placed(new Derivative(function, arguments, ImmutableMap.copyOf(attributes)), token);
    }
    return placed(Calls.of(token, function, arguments, attributes), token);
  }
}
