package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression;
import java.util.List;

/**
 * How lines come about as LaTeX: a paragraph for each step, whose formulas go on in the next row
 * where the page ends.
 */
final class LatexSteps {
  private static final int WIDEST_FRACTION = 120;
  private static final Markup.DerivationWriter WRITER =
      new Markup.DerivationWriter(new Breakable(new Latex()));

  private LatexSteps() {}

  static String of(List<Detail> details) {
    StringBuilder text = new StringBuilder();
    for (Detail detail : details) {
      text.append("\\par\\noindent\\quad ");
      for (DetailSentence.Piece piece : DetailSentence.of(detail)) {
        text.append(
            switch (piece) {
              case DetailSentence.Piece.Words(String words) -> LatexWords.of(words);
              case DetailSentence.Piece.RuleName(String rule) ->
                  "\\emph{" + LatexWords.of(rule) + "}";
              case DetailSentence.Piece.Formula(Expression formula) ->
                  "$" + WRITER.write(formula) + "$";
              case DetailSentence.Piece.Equal(Expression left, Expression right) ->
                  "$" + WRITER.write(left) + " = " + WRITER.write(right) + "$";
            });
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** As in rows of their own, but for what TeX breaks at no place. */
  private record Breakable(Markup plain) implements Markup {
    @Override
    public String number(String text) {
      return plain.number(text);
    }

    @Override
    public String name(Expression.Name name) {
      return plain.name(name);
    }

    @Override
    public String function(Expression.Function function, boolean derivative) {
      return plain.function(function, derivative);
    }

    @Override
    public String sign(Sign sign) {
      return switch (sign) {
        case TIMES, COMMA, ENTRYWISE -> plain.sign(sign) + "\\allowbreak ";
        case PLUS, MINUS, STAR, EQUALS -> plain.sign(sign);
      };
    }

    @Override
    public String negative(String operand) {
      return plain.negative(operand);
    }

    @Override
    public String fraction(String over, String under) {
      return over.length() + under.length() <= WIDEST_FRACTION
          ? plain.fraction(over, under)
          : brackets(over) + " / " + brackets(under);
    }

    /** A base in brackets stays open to breaks, and the exponent is that of the last bracket. */
    @Override
    public String power(String base, String exponent) {
      return base.endsWith(")") ? base + "^{" + exponent + "}" : plain.power(base, exponent);
    }

    @Override
    public String transposed(String operand) {
      return operand.endsWith(")") ? operand + "^\\top" : plain.transposed(operand);
    }

    @Override
    public String brackets(String inside) {
      return "(" + inside + ")";
    }

    @Override
    public String sum(boolean mean, String operand, String axis) {
      String sign = mean ? "\\operatorname{mean}" : "\\textstyle\\sum";
      return sign + (axis.isEmpty() ? "" : "_{" + axis + "}") + brackets(operand);
    }

    @Override
    public String selected(String operand, String selectors) {
      return plain.selected(operand, selectors);
    }

    @Override
    public String word(String text) {
      return plain.word(text);
    }
  }
}
