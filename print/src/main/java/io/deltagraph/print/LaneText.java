package io.deltagraph.print;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Notation.Binding;
import java.util.List;

/** A lane expression as a formula. */
final class LaneText {
  private final List<String> names;

  /**
   * Formulas over inputs of those names.
   *
   * @param names one per input, the last one standing for all further inputs
   */
  LaneText(List<String> names) {
    this.names = names;
  }

  /** A formula and how tightly it holds together. */
  private record Term(String text, Binding binding) {
    /** In parentheses where it binds looser than {@code outer}. */
    String within(Binding outer) {
      return binding.compareTo(outer) < 0 ? "(" + text + ")" : text;
    }

    /** In parentheses unless it binds tighter than {@code outer}. */
    String right(Binding outer) {
      return binding.compareTo(outer) <= 0 ? "(" + text + ")" : text;
    }
  }

  /** The formula of an expression; what is used twice is written twice. */
  String of(Lane lane) {
    return term(lane).text();
  }

  private Term term(Lane lane) {
    return switch (lane.op()) {
      case INPUT -> atom(names.get(Math.min(lane.input(), names.size() - 1)));
      case CONSTANT -> constant(lane.value());
      case ADD -> infix(lane, " + ", Binding.SUM, false);
      case SUBTRACT -> infix(lane, " − ", Binding.SUM, true);
      case MULTIPLY -> infix(lane, " · ", Binding.PRODUCT, false);
      case DIVIDE -> infix(lane, " / ", Binding.PRODUCT, true);
      case NEGATE -> new Term("−" + argument(lane, 0).right(Binding.PREFIX), Binding.PREFIX);
      case ABS -> atom("|" + argument(lane, 0).text() + "|");
      case MINIMUM -> call("min", lane);
      case MAXIMUM -> call("max", lane);
      case FMA -> fma(lane);
      case SQRT -> new Term("√" + argument(lane, 0).right(Binding.POWER), Binding.POWER);
      case EXP -> new Term("e^" + argument(lane, 0).right(Binding.POWER), Binding.POWER);
      case LOG -> call("ln", lane);
      case LOG1P -> atom("ln(1 + " + argument(lane, 0).within(Binding.SUM) + ")");
      case EXPM1 -> new Term("e^" + argument(lane, 0).right(Binding.POWER) + " − 1", Binding.SUM);
      case SIN -> call("sin", lane);
      case COS -> call("cos", lane);
      case TANH -> call("tanh", lane);
      case ERF -> call("erf", lane);
      case POW ->
          new Term(
              argument(lane, 0).right(Binding.POWER) + "^" + argument(lane, 1).right(Binding.POWER),
              Binding.POWER);
      case FLOOR -> atom("⌊" + argument(lane, 0).text() + "⌋");
      case ROUND -> call("round", lane);
      case SCALE ->
          new Term(
              argument(lane, 0).within(Binding.PRODUCT)
                  + " · 2^"
                  + argument(lane, 1).right(Binding.POWER),
              Binding.PRODUCT);
      case EXPONENT -> atom("⌊log₂ |" + argument(lane, 0).text() + "|⌋");
      case LESS -> infix(lane, " < ", Binding.COMPARISON, true);
      case LESS_EQUAL -> infix(lane, " ≤ ", Binding.COMPARISON, true);
      case EQUAL -> infix(lane, " = ", Binding.COMPARISON, true);
      case AND -> infix(lane, " and ", Binding.LOGIC, true);
      case OR -> infix(lane, " or ", Binding.LOGIC, true);
      case NOT -> call("not", lane);
      case SELECT ->
          new Term(
              argument(lane, 1).right(Binding.LOGIC)
                  + " if "
                  + argument(lane, 0).right(Binding.LOGIC)
                  + " else "
                  + argument(lane, 2).right(Binding.LOGIC),
              Binding.LOGIC);
      case CAST -> call(lane.dtype().text(), lane);
      case IS_NAN -> call("is_nan", lane);
    };
  }

  private static Term atom(String text) {
    return new Term(text, Binding.ATOM);
  }

  private static Term constant(double value) {
    String text =
        Double.isInfinite(value)
            ? "∞"
            : NumberText.text(Math.abs(value)).replace(".0E", "e").replace("E", "e");
    boolean negative = value < 0;
    return new Term(negative ? "−" + text : text, negative ? Binding.PREFIX : Binding.ATOM);
  }

  /** An operation between two terms; the right one is set apart where the order of two matters. */
  private Term infix(Lane lane, String sign, Binding binding, boolean ordered) {
    Term right = argument(lane, 1);
    boolean apart = right.binding() == Binding.PREFIX;
    String second =
        apart ? "(" + right.text() + ")" : ordered ? right.right(binding) : right.within(binding);
    return new Term(argument(lane, 0).within(binding) + sign + second, binding);
  }

  /** A product and a sum; the single rounding is not shown. */
  private Term fma(Lane lane) {
    Lane a = lane.arguments().get(0);
    return term(a.times(lane.arguments().get(1)).plus(lane.arguments().get(2)));
  }

  private Term call(String name, Lane lane) {
    List<String> arguments = lane.arguments().stream().map(this::of).toList();
    return atom(name + "(" + String.join(", ", arguments) + ")");
  }

  private Term argument(Lane lane, int index) {
    return term(lane.arguments().get(index));
  }
}
