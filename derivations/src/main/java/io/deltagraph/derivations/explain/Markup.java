package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.IndexSum;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.derivations.language.Expression.Transpose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the parts of a formula are marked up. */
interface Markup {
  /** What stands between two parts. */
  enum Sign {
    PLUS,
    MINUS,
    TIMES,
    ENTRYWISE,
    STAR,
    COMMA,
    EQUALS
  }

  String number(String text);

  String name(Name name);

  String function(Expression.Function function, boolean derivative);

  String sign(Sign sign);

  String negative(String operand);

  String fraction(String over, String under);

  String power(String base, String exponent);

  String transposed(String operand);

  String brackets(String inside);

  String sum(boolean mean, String operand, String axis);

  String selected(String operand, String selectors);

  String word(String text);

  /** Puts the parts of a tree together, with brackets where it needs them. */
  record DerivationWriter(Markup markup) {
    private static final int SUM = 0;
    private static final int ENTRYWISE = 1;
    private static final int PRODUCT = 2;
    private static final int ATOM = 3;

    String write(Expression expression) {
      return plain(expression);
    }

    private String write(Expression expression, int least) {
      String text = plain(expression);
      return binding(expression) < least ? markup.brackets(text) : text;
    }

    private static int binding(Expression expression) {
      return switch (expression) {
        case Negate negate -> SUM;
        case Binary binary ->
            switch (binary.operator()) {
              case PLUS, MINUS -> SUM;
              case ENTRYWISE -> ENTRYWISE;
              case PRODUCT, STAR -> PRODUCT;
              case QUOTIENT -> ATOM;
              case POWER -> PRODUCT;
            };
        case Transpose transpose -> PRODUCT;
        case Numeral numeral -> ATOM;
        case Name name -> ATOM;
        case Reduction reduction -> ATOM;
        case Call call -> ATOM;
        case Derivative derivative -> ATOM;
        case Selection selection -> ATOM;
        case IndexSum sum -> ATOM;
      };
    }

    private String plain(Expression expression) {
      return switch (expression) {
        case Numeral(double value) -> number(value);
        case Name name -> markup.name(name);
        case Negate(Expression operand) -> markup.negative(write(operand, ENTRYWISE));
        case Binary binary -> binary(binary);
        case Transpose(Expression operand) -> markup.transposed(write(operand, ATOM));
        case Reduction reduction ->
            markup.sum(
                reduction.mean(),
                plain(reduction.operand()),
                reduction.axis().isPresent() ? number(reduction.axis().getAsInt()) : "");
        case Call call ->
            markup.function(call.function(), false)
                + arguments(call.arguments(), call.attributes());
        case Derivative derivative ->
            markup.function(derivative.function(), true)
                + arguments(derivative.arguments(), derivative.attributes());
        case Selection selection ->
            markup.selected(
                write(selection.operand(), ATOM),
                selection.selectors().stream()
                    .map(DerivationWriter::selector)
                    .collect(Collectors.joining(", ")));
        case IndexSum sum ->
            markup.sum(false, plain(sum.operand()), markup.word(String.join(",", sum.indices())));
      };
    }

    /** In digits alone: {@code 1.0E-4} would read as a product. */
    private String number(double value) {
      return value == 0.5
          ? markup.fraction(markup.number("1"), markup.number("2"))
          : markup.number(digits(value));
    }

    private static String digits(double value) {
      return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private String binary(Binary binary) {
      Expression left = binary.left();
      Expression right = binary.right();
      return switch (binary.operator()) {
        case PLUS -> join(write(left, SUM), Sign.PLUS, write(right, ENTRYWISE));
        case MINUS -> join(write(left, SUM), Sign.MINUS, write(right, ENTRYWISE));
        case ENTRYWISE -> join(factor(left), Sign.ENTRYWISE, factor(right));
        case PRODUCT -> join(write(left, PRODUCT), Sign.TIMES, write(right, PRODUCT));
        case STAR -> join(write(left, PRODUCT), Sign.STAR, write(right, PRODUCT));
        case QUOTIENT -> markup.fraction(plain(left), plain(right));
        case POWER -> markup.power(write(left, ATOM), plain(right));
      };
    }

    /** A matrix product stands in brackets in a product by entries. */
    private String factor(Expression part) {
      boolean product =
          part instanceof Binary(Operator operator, Expression left, Expression right)
              && operator == Operator.PRODUCT
              && !(left instanceof Numeral);
      return product ? markup.brackets(plain(part)) : write(part, ENTRYWISE);
    }

    private String join(String left, Sign sign, String right) {
      return left + markup.sign(sign) + right;
    }

    private String arguments(List<Expression> arguments, Map<String, Object> attributes) {
      List<String> all = new ArrayList<>(arguments.stream().map(this::plain).toList());
      attributes.forEach((name, value) ->
          all.add(join(markup.word(name), Sign.EQUALS, markup.word(attribute(value)))));
      return markup.brackets(String.join(markup.sign(Sign.COMMA), all));
    }

    private static String attribute(Object value) {
      return value instanceof Double number && Double.isFinite(number)
          ? digits(number)
          : value.toString();
    }

    private static String selector(Selector selector) {
      return switch (selector) {
        case Selector.At(int position) -> Integer.toString(position);
        case Selector.Range(var from, var to) ->
            (from.isPresent() ? from.getAsInt() : "") + ":" + (to.isPresent() ? to.getAsInt() : "");
        case Selector.Index(String name) -> name;
      };
    }
  }
}
