package io.deltagraph.derivations.language;

import com.google.common.base.Joiner;
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
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Writes equations so that reading them gives the same trees, with no brackets that this does not
 * need but those around a matrix product in a product by entries: {@code δ1 = (δ2 W2) ⊙ σ'(Z1)}. In
 * ASCII, {@code a ⊙ (b / c)} is written {@code a .* b / c}, which has the same value.
 */
public enum DerivationWriter {
  /** {@code δ1 = (δ2 W2) ⊙ σ'(Z1)}. */
  UNICODE,
  /** {@code delta1 = (delta2 @ W2) .* sigma'(Z1)}. */
  ASCII;

  private static final int SUM = 0;
  private static final int ENTRYWISE = 1;
  private static final int PRODUCT = 2;
  private static final int POSTFIX = 3;

  /** An equation in one line. */
  public String write(Equation equation) {
    String indices =
        equation.indices().isEmpty() ? "" : "[" + Joiner.on(", ").join(equation.indices()) + "]";
    return name(equation.name()) + indices + " = " + write(equation.expression());
  }

  /** An expression. */
  public String write(Expression expression) {
    return write(expression, SUM);
  }

  /** A name. */
  public String name(Name name) {
    String index = name.indexed() ? Integer.toString(name.index()) : "";
    String base = letters(Spelling.GREEK, name.base(), name.base()) + index;
    return switch (name.of()) {
      case VALUE -> base;
      case GRADIENT -> {
        if (name.base().equals("Z")) {
          yield (this == UNICODE ? "δ" : "delta") + index;
        }
        yield this == UNICODE ? "∂C/∂" + base : "dC/d" + base;
      }
    };
  }

  /** A function's name. */
  public String function(Function function) {
    String ascii = Spelling.ASCII_FUNCTIONS.getOrDefault(function.name(), function.name());
    return letters(Spelling.GREEK_FUNCTIONS, function.name(), ascii)
        + (function.layer() == Name.NO_INDEX ? "" : function.layer());
  }

  private String letters(Map<String, String> greek, String name, String ascii) {
    return this == UNICODE ? greek.getOrDefault(name, ascii) : ascii;
  }

  /** The text, in brackets where it binds looser than {@code least}. */
  private String write(Expression expression, int least) {
    String text = plain(expression);
    return binding(expression) < least ? "(" + text + ")" : text;
  }

  private int binding(Expression expression) {
    return switch (expression) {
      case Numeral numeral -> POSTFIX;
      case Name name -> POSTFIX;
      case Negate negate -> SUM;
      case Binary binary -> binding(binary.operator());
      case Transpose transpose -> POSTFIX;
      case Reduction reduction -> POSTFIX;
      case Call call -> POSTFIX;
      case Derivative derivative -> POSTFIX;
      case Selection selection -> POSTFIX;
      case IndexSum sum -> POSTFIX;
    };
  }

  private int binding(Operator operator) {
    return switch (operator) {
      case PLUS, MINUS -> SUM;
      case ENTRYWISE -> this == UNICODE ? ENTRYWISE : PRODUCT;
      case PRODUCT, STAR, QUOTIENT -> PRODUCT;
      case POWER -> POSTFIX;
    };
  }

  private String plain(Expression expression) {
    return switch (expression) {
      case Numeral numeral -> Spelling.number(numeral.value());
      case Name name -> name(name);
      case Negate negate -> minus() + write(negate.operand(), ENTRYWISE);
      case Binary binary -> binary(binary);
      case Transpose transpose ->
          write(transpose.operand(), POSTFIX) + (this == UNICODE ? "ᵀ" : ".T");
      case Reduction reduction -> reduction(reduction);
      case Call call -> function(call.function()) + arguments(call.arguments(), call.attributes());
      case Derivative derivative ->
          function(derivative.function())
              + "'"
              + arguments(derivative.arguments(), derivative.attributes());
      case Selection selection ->
          (sums(selection.operand())
                  ? "(" + plain(selection.operand()) + ")"
                  : write(selection.operand(), POSTFIX))
              + selection.selectors().stream()
                  .map(DerivationWriter::selector)
                  .collect(Collectors.joining(", ", "[", "]"));
      case IndexSum sum ->
          (this == UNICODE ? "Σ_" : "sum_")
              + indices(sum.indices())
              + "("
              + write(sum.operand())
              + ")";
    };
  }

  private static String indices(List<String> indices) {
    return indices.size() == 1 ? indices.getFirst() : "{" + Joiner.on(",").join(indices) + "}";
  }

  private String minus() {
    return this == UNICODE ? "−" : "-";
  }

  private String binary(Binary binary) {
    Expression left = binary.left();
    Expression right = binary.right();
    return switch (binary.operator()) {
      case PLUS -> write(left, SUM) + " + " + write(right, ENTRYWISE);
      case MINUS -> write(left, SUM) + " " + minus() + " " + write(right, ENTRYWISE);
      case ENTRYWISE -> entrywise(left, right);
      case PRODUCT -> product(left, right);
      case STAR -> leading(left, right, PRODUCT) + " * " + write(right, POSTFIX);
      case QUOTIENT ->
          leading(left, right, PRODUCT)
              + (number(left) && number(right) ? "/" : " / ")
              + write(right, POSTFIX);
      case POWER -> power(left, right);
    };
  }

  private String entrywise(Expression left, Expression right) {
    if (this == UNICODE) {
      return factor(left, leading(left, right, ENTRYWISE))
          + " ⊙ "
          + factor(right, write(right, PRODUCT));
    }
    return right instanceof Binary(Operator operator, Expression over, Expression under)
            && operator == Operator.QUOTIENT
            && !number(over)
        ? plain(new Binary(Operator.QUOTIENT, new Binary(Operator.ENTRYWISE, left, over), under))
        : factor(left, leading(left, right, PRODUCT)) + " .* " + write(right, POSTFIX);
  }

  /** A matrix product stands in brackets even where it binds tighter. */
  private String factor(Expression expression, String text) {
    return matrixProduct(expression)
            && binding(expression) > SUM
            && !text.startsWith("((")
            && !enclosed(text)
        ? "(" + text + ")"
        : text;
  }

  private static boolean enclosed(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i == text.length() - 1;
      }
    }
    return false;
  }

  private static boolean matrixProduct(Expression expression) {
    return expression instanceof Binary binary
        && binary.operator() == Operator.PRODUCT
        && !number(binary.left());
  }

  /** A left operand; in brackets also where it is a sum and the right one has indices. */
  private String leading(Expression left, Expression right, int least) {
    return sums(left) && plain(right).contains("[") ? "(" + plain(left) + ")" : write(left, least);
  }

  private static boolean sums(Expression left) {
    return switch (left) {
      case IndexSum sum -> true;
      case Binary binary -> sums(binary.right()) || sums(binary.left());
      case Numeral numeral -> false;
      case Name name -> false;
      case Negate negate -> false;
      case Transpose transpose -> sums(transpose.operand());
      case Reduction reduction -> false;
      case Call call -> false;
      case Derivative derivative -> false;
      case Selection selection -> sums(selection.operand());
    };
  }

  private String product(Expression left, Expression right) {
    String first =
        left instanceof Numeral(double value) && value == 0.5 && this == UNICODE
            ? "½"
            : leading(left, right, PRODUCT);
    String second = write(right, POSTFIX);
    if (this == ASCII && !number(left)) {
      return first + " @ " + second;
    }
    boolean digits = Character.isDigit(second.codePointAt(0));
    boolean call = second.startsWith("(") && last(left) instanceof Name name && foreign(name);
    return first + (digits || call ? this == UNICODE ? " · " : " @ " : " ") + second;
  }

  /** Whether a bracket after the name might be taken for that of a function. */
  private static boolean foreign(Name name) {
    return !name.isGradient() && (!Spelling.TABLE.contains(name.base()) || name.base().equals("H"));
  }

  private static Expression last(Expression expression) {
    return expression instanceof Binary binary && binary.operator() != Operator.POWER
        ? last(binary.right())
        : expression;
  }

  private String power(Expression base, Expression exponent) {
    boolean tower = base instanceof Binary binary && binary.operator() == Operator.POWER;
    String text = tower ? "(" + plain(base) + ")" : write(base, POSTFIX);
    boolean index = base instanceof Name name && !name.indexed();
    if (exponent instanceof Numeral(double value)) {
      boolean raised = this == UNICODE && !index && (value == 2 || value == 3);
      return text + (raised ? value == 2 ? "²" : "³" : "^" + Spelling.number(value));
    }
    boolean simple =
        exponent instanceof Name name && !name.isGradient() && !name.base().equals("T");
    return text + "^" + (simple ? plain(exponent) : "(" + plain(exponent) + ")");
  }

  /** Whether it is a number whatever the net, so that {@code /} and {@code ·} need no room. */
  private static boolean number(Expression expression) {
    return switch (expression) {
      case Numeral numeral -> true;
      case Name name -> !name.isGradient() && Spelling.NUMBERS.contains(name.base());
      case Binary binary ->
          (binary.operator() == Operator.PRODUCT || binary.operator() == Operator.QUOTIENT)
              && number(binary.left())
              && number(binary.right());
      case Negate negate -> false;
      case Transpose transpose -> false;
      case Reduction reduction -> false;
      case Call call -> false;
      case Derivative derivative -> false;
      case Selection selection -> false;
      case IndexSum sum -> false;
    };
  }

  private String reduction(Reduction reduction) {
    String axis = reduction.axis().isPresent() ? ", " + reduction.axis().getAsInt() : "";
    return (reduction.mean() ? "mean" : this == UNICODE ? "Σ" : "sum")
        + "("
        + write(reduction.operand())
        + axis
        + (reduction.keepdims() ? ", keepdims=True)" : ")");
  }

  private String arguments(List<Expression> arguments, Map<String, Object> attributes) {
    StringBuilder text = new StringBuilder("(");
    arguments.forEach(
        argument -> text.append(text.length() == 1 ? "" : ", ").append(write(argument)));
    attributes.forEach((name, value) ->
        text.append(text.length() == 1 ? "" : ", ").append(name).append('=').append(data(value)));
    return text.append(')').toString();
  }

  private static String data(Object value) {
    return switch (value) {
      case Boolean truth -> truth ? "True" : "False";
      case List<?> list ->
          list.stream().map(DerivationWriter::data).collect(Collectors.joining(", ", "[", "]"));
      case Double number -> number < 0 ? "-" + Spelling.number(-number) : Spelling.number(number);
      case Integer number -> number.toString();
      default -> value.toString();
    };
  }

  private static String selector(Selector selector) {
    return switch (selector) {
      case Selector.At(int position) -> Integer.toString(position);
      case Selector.Range(OptionalInt from, OptionalInt to) ->
          (from.isPresent() ? from.getAsInt() : "") + ":" + (to.isPresent() ? to.getAsInt() : "");
      case Selector.Index(String name) -> name;
    };
  }
}
