package io.deltagraph.onnx.read;

import io.deltagraph.activations.Sign;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.Clip;
import io.deltagraph.ops.IsNan;
import io.deltagraph.ops.NotEqual;
import io.deltagraph.ops.Pow;
import io.deltagraph.ops.Where;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Operators that work element by element: arithmetic, functions, comparisons, choices, casts. */
final class ElementwiseOperators {
  private ElementwiseOperators() {}

  static void add(Operators table) {
    arithmetic(table);
    functions(table);
    comparisons(table);
    table.one("Cast", ElementwiseOperators::cast);
    table.one("CastLike", 15, ElementwiseOperators::castLike);
    table.one("Clip", ElementwiseOperators::clip);
    table.one("Where", node -> Where.of(node.value(0), node.value(1), node.value(2)));
  }

  private static void arithmetic(Operators table) {
    table.binary("Add", Value::plus);
    table.binary("Sub", Value::minus);
    table.binary("Mul", Value::times);
    table.binary("Div", (x, y) -> exactly(x, y, Value::over));
    table.binary("Pow", ElementwiseOperators::pow);
    table.one("Mod", ElementwiseOperators::modulo);
    table.folded("Sum", Value::plus);
    table.folded("Max", Value::maximum);
    table.folded("Min", Value::minimum);
    table.one(
        "Mean",
        node ->
            node.values().stream().reduce(Value::plus).orElseThrow().over(node.values().size()));
    table.unary("Neg", Value::negate);
    table.unary("Abs", x -> exactly(x, Value::abs));
    table.unary("Sign", x -> exactly(x, some -> Sign.of(some, 0)));
    table.unary("Reciprocal", Value::reciprocal);
    table.unary("Floor", Value::floor);
    table.unary("Ceil", x -> x.negate().floor().negate());
    table.unary("Round", ElementwiseOperators::round);
  }

  private static void functions(Operators table) {
    table.unary("Exp", Value::exp);
    table.unary("Log", Value::log);
    table.unary("Sqrt", Value::sqrt);
    table.unary("Erf", Value::erf);
    table.unary("Sin", Value::sin);
    table.unary("Cos", Value::cos);
    table.unary("Tan", x -> x.sin().over(x.cos()));
    table.unary("Tanh", Value::tanh);
    table.unary("Sinh", x -> x.expm1().minus(x.negate().expm1()).times(0.5));
    table.unary("Cosh", x -> x.exp().plus(x.negate().exp()).times(0.5));
    table.unary("Atanh", x -> x.log1p().minus(x.negate().log1p()).times(0.5));
    table.unary("Asinh", ElementwiseOperators::asinh);
    table.unary("Acosh", x -> x.minus(1).plus(root(x.minus(1), x.plus(1))).log1p());
  }

  private static void comparisons(Operators table) {
    table.binary("Equal", Value::equal);
    table.binary("Less", Value::less);
    table.binary("LessOrEqual", Value::lessEqual);
    table.binary("Greater", Value::greater);
    table.binary("GreaterOrEqual", Value::greaterEqual);
    table.binary("And", Value::and);
    table.binary("Or", Value::or);
    table.binary("Xor", NotEqual::of);
    table.unary("Not", Value::not);
    table.unary("IsNaN", IsNan::of);
    table.one("IsInf", ElementwiseOperators::isInfinite);
  }

  /** Whole numbers go through f64 and back, toward zero: exactly, within 2^53. */
  static Value exactly(Value x, UnaryOperator<Value> rule) {
    if (x.dtype().isFloat()) {
      return rule.apply(x);
    }
    Value result = rule.apply(x.cast(DType.F64));
    return x.dtype() == DType.BOOL ? result.greater(0) : result.cast(x.dtype());
  }

  private static Value exactly(Value x, Value y, BinaryOperator<Value> rule) {
    return x.dtype().isFloat() || x.dtype() != y.dtype()
        ? rule.apply(x, y)
        : rule.apply(x.cast(DType.F64), y.cast(DType.F64)).cast(x.dtype());
  }

  /** The result has the dtype of the base, whatever the exponent's is. */
  private static Value pow(Value base, Value exponent) {
    DType dtype = base.dtype();
    if (dtype.isFloat() && (dtype == DType.F64 || exponent.dtype() == dtype)) {
      return Pow.of(base, exponent.cast(dtype));
    }
    return Pow.of(base.cast(DType.F64), exponent.cast(DType.F64)).cast(dtype);
  }

  /** The sign of the divisor, or with fmod that of what is divided. */
  private static Value modulo(Node node) {
    boolean truncated = node.attributes().flag("fmod", false);
    return exactly(
        node.value(0),
        node.value(1),
        (x, y) -> {
          Value quotient = x.over(y);
          Value whole =
              truncated
                  ? quotient.less(0).where(quotient.negate().floor().negate(), quotient.floor())
                  : quotient.floor();
          Value rest = x.minus(whole.times(y));
          return node.value(0).dtype().isFloat() ? endless(x, y, truncated, rest) : rest;
        });
  }

  /** An infinite divisor takes nothing off, or itself where the signs differ. */
  private static Value endless(Value x, Value y, boolean truncated, Value otherwise) {
    Value infinity = x.constant(Double.POSITIVE_INFINITY);
    Value applies = y.abs().equal(infinity).and(x.abs().less(infinity));
    Value differs = x.times(y).less(0);
    return applies.where(truncated ? x : differs.where(y, x), otherwise);
  }

  /** To the nearest whole number, of two the even one. */
  private static Value round(Value x) {
    Value below = x.floor();
    Value above = below.plus(1);
    Value rest = x.minus(below);
    Value half = below.times(0.5);
    Value even = half.equal(half.floor()).where(below, above);
    return rest.less(0.5).where(below, rest.greater(0.5).where(above, even));
  }

  /** {@code sign(x) ln(1 + |x| + x² / (1 + √(1 + x²)))}, which loses nothing near 0. */
  private static Value asinh(Value x) {
    Value size = x.abs();
    Value square = size.square();
    Value of = size.plus(square.over(square.plus(1).sqrt().plus(1))).log1p();
    return x.less(0).where(of.negate(), of);
  }

  private static Value root(Value x, Value y) {
    return x.times(y).sqrt();
  }

  private static Value isInfinite(Node node) {
    Value x = node.value(0);
    Value none = x.equal(x).and(x.equal(x).not());
    Value above =
        node.attributes().flag("detect_positive", true)
            ? x.equal(x.constant(Double.POSITIVE_INFINITY))
            : none;
    Value below =
        node.attributes().flag("detect_negative", true)
            ? x.equal(x.constant(Double.NEGATIVE_INFINITY))
            : none;
    return above.or(below);
  }

  private static Value cast(Node node) {
    long to = node.attributes().integer("to");
    int number = Math.clamp(to, -1, Integer.MAX_VALUE);
    return cast(node, Tensors.dtype(number, node.place()));
  }

  private static Value castLike(Node node) {
    return cast(node, node.operand(1).type().dtype());
  }

  /** How floats of 8 bits round does not matter: there are none. */
  private static Value cast(Node node, DType to) {
    node.attributes().ignore("saturate", "round_mode");
    return node.value(0).cast(to);
  }

  /** Bounds that cross, or are no numbers, are no bounds of ours. */
  private static Value clip(Node node) {
    Value x = node.value(0);
    Optional<NodeOperand> low = node.optional(1);
    Optional<NodeOperand> high = node.optional(2);
    double least = known(low, Double.NEGATIVE_INFINITY);
    double most = known(high, Double.POSITIVE_INFINITY);
    if (low.isEmpty() && high.isEmpty()) {
      return x;
    }
    if (least <= most) {
      return Clip.of(x, least, most);
    }
    Value above = low.isPresent() ? x.maximum(low.get().value()) : x;
    return high.isPresent() ? above.minimum(high.get().value()) : above;
  }

  private static double known(Optional<NodeOperand> bound, double none) {
    if (bound.isEmpty()) {
      return none;
    }
    return bound
        .get()
        .tensor()
        .filter(tensor -> tensor.length() == 1)
        .map(Tensor::item)
        .orElse(Double.NaN);
  }

  /** One of the words that a choice is made by. */
  static String word(Node node, String name, String fallback, String... others) {
    return node.attributes().word(name, fallback, words(fallback, others));
  }

  private static Set<String> words(String first, String... others) {
    Set<String> words = new HashSet<>(Set.of(others));
    words.add(first);
    return words;
  }
}
