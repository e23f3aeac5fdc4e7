package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Equation;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Name;
import java.util.List;
import java.util.Map;

/** Derivations as LaTeX: rows of {@code align*} that break over pages. */
final class Latex implements Markup {
  private static final int WIDEST = 150;
  private static final String NEXT_ROW = " \\\\\n&\\quad ";
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "sigmoid",
          "\\sigma",
          "tanh",
          "\\tanh",
          "exp",
          "\\exp",
          "log",
          "\\ln",
          "phi",
          "\\varphi",
          "heaviside",
          "\\operatorname{H}");
  private static final Map<String, String> LETTERS =
      Map.of("lambda", "\\lambda", "eta", "\\eta", "alpha", "\\alpha", "yhat", "\\hat y");

  static String of(TextbookDerivation explanation, boolean steps) {
    Latex latex = new Latex();
    List<String> rows = explanation.lines().stream().map(latex::equation).toList();
    if (!steps) {
      return "{\\allowdisplaybreaks\n" + align(String.join(" \\\\\n", rows)) + "}\n";
    }
    StringBuilder text = new StringBuilder("{\\allowdisplaybreaks\\raggedright\n");
    for (int i = 0; i < rows.size(); i++) {
      text.append(align(rows.get(i)))
          .append('\n')
          .append(LatexSteps.of(explanation.lines().get(i).details()));
    }
    return text.append("\\par}\n").toString();
  }

  private static String align(String rows) {
    return "\\begin{align*}\n" + rows + "\n\\end{align*}";
  }

  private String equation(Line line) {
    Equation equation = line.equation();
    String remarks =
        line.remarks().isEmpty() ? "" : " && \\text{(" + String.join("; ", line.remarks()) + ")}";
    return name(equation.name()) + " &= " + rows(equation.expression()) + remarks;
  }

  /** A sum that is longer than the page is wide goes on in a row below. */
  private String rows(Expression expression) {
    Markup.DerivationWriter writer = new Markup.DerivationWriter(this);
    String whole = writer.write(expression);
    if (whole.length() <= WIDEST || !(expression instanceof Expression.Binary outer)) {
      return whole;
    }
    return switch (outer.operator()) {
      case PLUS ->
          outer.right() instanceof Expression.Binary last
                  && last.operator() == Expression.Operator.PRODUCT
              ? rows(outer.left()) + NEXT_ROW + "+ " + rows(last)
              : whole;
      case PRODUCT ->
          outer.right() instanceof Expression.Binary sum
                  && sum.operator() == Expression.Operator.PLUS
              ? writer.write(outer.left()) + " \\, \\bigl(" + terms(sum, writer) + "\\bigr)"
              : whole;
      case MINUS, ENTRYWISE, STAR, QUOTIENT, POWER -> whole;
    };
  }

  /** The terms of a sum, as many in each row as there is room for. */
  private static String terms(Expression expression, Markup.DerivationWriter writer) {
    if (!(expression instanceof Expression.Binary sum)
        || sum.operator() != Expression.Operator.PLUS) {
      return writer.write(expression);
    }
    String before = terms(sum.left(), writer);
    String last = writer.write(sum.right());
    int row = before.length() - Math.max(0, before.lastIndexOf(NEXT_ROW));
    return before + (row + last.length() > WIDEST ? NEXT_ROW + "\\qquad + " : " + ") + last;
  }

  @Override
  public String number(String text) {
    return text;
  }

  @Override
  public String name(Name name) {
    String index = name.indexed() ? "_{" + name.index() + "}" : "";
    if (name.isGradient()) {
      return name.base().equals("Z")
          ? "\\delta" + index
          : "\\frac{\\partial C}{\\partial " + letter(name.base()) + index + "}";
    }
    return letter(name.base()) + index;
  }

  private static String letter(String base) {
    return base.length() == 1
        ? base
        : LETTERS.getOrDefault(base, "\\mathit{" + base.replace("_", "\\_") + "}");
  }

  @Override
  public String function(Expression.Function function, boolean derivative) {
    String name =
        FUNCTIONS.getOrDefault(
            function.name(), "\\operatorname{" + function.name().replace("_", "\\_") + "}");
    String layer = function.layer() == Name.NO_INDEX ? "" : "_{" + function.layer() + "}";
    return name + (derivative ? "'" : "") + layer;
  }

  @Override
  public String sign(Sign sign) {
    return switch (sign) {
      case PLUS -> " + ";
      case MINUS -> " - ";
      case TIMES -> " \\, ";
      case ENTRYWISE -> " \\odot ";
      case STAR -> " * ";
      case COMMA -> ", ";
      case EQUALS -> " = ";
    };
  }

  @Override
  public String negative(String operand) {
    return "-" + operand;
  }

  @Override
  public String fraction(String over, String under) {
    return "\\frac{" + over + "}{" + under + "}";
  }

  @Override
  public String power(String base, String exponent) {
    return "{" + base + "}^{" + exponent + "}";
  }

  @Override
  public String transposed(String operand) {
    return "{" + operand + "}^\\top";
  }

  @Override
  public String brackets(String inside) {
    return "\\left(" + inside + "\\right)";
  }

  @Override
  public String sum(boolean mean, String operand, String axis) {
    return (mean ? "\\operatorname{mean}" : "\\textstyle\\sum")
        + (axis.isEmpty() ? "" : "_{" + axis + "}")
        + brackets(operand);
  }

  @Override
  public String selected(String operand, String selectors) {
    return "{" + operand + "}_{[" + word(selectors) + "]}";
  }

  @Override
  public String word(String text) {
    return "\\mathtt{" + text.replace("_", "\\_") + "}";
  }
}
