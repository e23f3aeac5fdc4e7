package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Name;
import java.util.Map;
import java.util.stream.Collectors;

/** Derivations as MathML: a table whose rows are equations. */
final class MathMl implements Markup {
  private static final Map<String, String> LETTERS =
      Map.of("lambda", "λ", "eta", "η", "alpha", "α", "yhat", "ŷ");
  private static final Map<String, String> FUNCTIONS =
      Map.of("sigmoid", "σ", "log", "ln", "phi", "φ", "heaviside", "H");

  private static final String LEFT = "<mtd style=\"text-align: left\">";

  static String of(TextbookDerivation explanation, boolean steps) {
    MathMl markup = new MathMl();
    StringBuilder text =
        new StringBuilder(
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">\n<mtable>\n");
    for (Line line : explanation.lines()) {
      text.append("<mtr><mtd>")
          .append(markup.name(line.equation().name()))
          .append("</mtd><mtd><mo>=</mo></mtd>")
          .append(steps ? LEFT : "<mtd>")
          .append(new Markup.DerivationWriter(markup).write(line.equation().expression()))
          .append("</mtd><mtd>")
          .append(line.remarks().isEmpty() ? "" : text(String.join("; ", line.remarks())))
          .append("</mtd></mtr>\n");
      if (steps) {
        line.details()
            .forEach(detail ->
                text.append("<mtr><mtd></mtd><mtd></mtd>")
                    .append(LEFT)
                    .append("<mstyle scriptlevel=\"1\">")
                    .append(markup.step(detail))
                    .append("</mstyle></mtd><mtd></mtd></mtr>\n"));
      }
    }
    return text.append("</mtable>\n</math>\n").toString();
  }

  private String step(Detail detail) {
    Markup.DerivationWriter writer = new Markup.DerivationWriter(this);
    return DetailSentence.of(detail).stream()
        .map(piece ->
            switch (piece) {
              case DetailSentence.Piece.Words(String words) -> text(words);
              case DetailSentence.Piece.RuleName(String rule) -> text(rule);
              case DetailSentence.Piece.Formula(Expression formula) -> writer.write(formula);
              case DetailSentence.Piece.Equal(Expression left, Expression right) ->
                  row(writer.write(left) + sign(Sign.EQUALS) + writer.write(right));
            })
        .collect(Collectors.joining());
  }

  /** Words, whose spaces at the ends a reader of XML would leave out. */
  private static String text(String words) {
    return "<mtext>" + escaped(words.replace(' ', '\u00a0')) + "</mtext>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String row(String inside) {
    return "<mrow>" + inside + "</mrow>";
  }

  @Override
  public String number(String text) {
    return "<mn>" + text + "</mn>";
  }

  @Override
  public String name(Name name) {
    if (name.isGradient() && name.base().equals("Z")) {
      return indexed("δ", name.index());
    }
    String own = indexed(LETTERS.getOrDefault(name.base(), name.base()), name.index());
    return name.isGradient()
        ? "<mfrac><mrow><mi>∂</mi><mi>C</mi></mrow>" + row("<mi>∂</mi>" + own) + "</mfrac>"
        : own;
  }

  private static String indexed(String letter, int index) {
    String plain = identifier(letter);
    return index == Name.NO_INDEX ? plain : "<msub>" + plain + "<mn>" + index + "</mn></msub>";
  }

  /** A name of several letters stands upright, which a page's style may take from it. */
  private static String identifier(String name) {
    boolean letter = name.codePointCount(0, name.length()) == 1;
    return (letter ? "<mi>" : "<mi mathvariant=\"normal\">") + escaped(name) + "</mi>";
  }

  @Override
  public String function(Expression.Function function, boolean derivative) {
    String name =
        indexed(FUNCTIONS.getOrDefault(function.name(), function.name()), function.layer());
    return derivative ? "<msup>" + name + "<mo>′</mo></msup>" : name;
  }

  @Override
  public String sign(Sign sign) {
    return switch (sign) {
      case PLUS -> "<mo>+</mo>";
      case MINUS -> "<mo>−</mo>";
      case TIMES -> "<mo>&#x2062;</mo>";
      case ENTRYWISE -> "<mo>⊙</mo>";
      case STAR -> "<mo>*</mo>";
      case COMMA -> "<mo>,</mo>";
      case EQUALS -> "<mo>=</mo>";
    };
  }

  @Override
  public String negative(String operand) {
    return "<mo>−</mo>" + operand;
  }

  @Override
  public String fraction(String over, String under) {
    return "<mfrac>" + row(over) + row(under) + "</mfrac>";
  }

  @Override
  public String power(String base, String exponent) {
    return "<msup>" + row(base) + row(exponent) + "</msup>";
  }

  @Override
  public String transposed(String operand) {
    return "<msup>" + row(operand) + "<mo>⊤</mo></msup>";
  }

  @Override
  public String brackets(String inside) {
    return row("<mo>(</mo>" + inside + "<mo>)</mo>");
  }

  @Override
  public String sum(boolean mean, String operand, String axis) {
    String sign = mean ? identifier("mean") : "<mo>Σ</mo>";
    return (axis.isEmpty() ? sign : "<msub>" + sign + row(axis) + "</msub>") + brackets(operand);
  }

  @Override
  public String selected(String operand, String selectors) {
    return "<msub>" + row(operand) + word("[" + selectors + "]") + "</msub>";
  }

  @Override
  public String word(String text) {
    return text(text);
  }
}
