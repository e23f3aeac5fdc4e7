package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Selection;
import io.deltagraph.derivations.language.Expression.Selector;
import io.deltagraph.derivations.language.Expression.Transpose;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.Pullback;
import io.deltagraph.ops.textbook.Slope;
import io.deltagraph.ops.textbook.Symbol;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Values as the language writes them: ops with a notation by it, others by their names. */
final class Expressions {
  private static final Map<String, Operator> OPERATORS =
      ImmutableMap.of("add", Operator.PLUS, "subtract", Operator.MINUS, "pow", Operator.POWER);

  private static final Textbook UNFOLDING = Textbook.of();

  private final WrittenNames names;
  private final Predicate<Value> border;
  private final boolean severalPenalties;
  private final Predicate<Op<?>> attributesMatter;

  /**
   * How values are written.
   *
   * @param border what is called by its name
   * @param severalPenalties whether each λ has a number
   * @param attributesMatter the ops of which some node has other attributes than by default
   */
  Expressions(
      WrittenNames names,
      Predicate<Value> border,
      boolean severalPenalties,
      Predicate<Op<?>> attributesMatter) {
    this.names = names;
    this.border = border;
    this.severalPenalties = severalPenalties;
    this.attributesMatter = attributesMatter;
  }

  /** A value by its name where it has one. */
  Expression of(Value value) {
    return border.test(value) ? names.of(value) : definition(value);
  }

  /** What a value is, even if it has a name. */
  Expression definition(Value value) {
    return switch (value) {
      case Constant constant -> constant(constant);
      case Apply node -> apply(node);
      default -> names.of(value);
    };
  }

  private Expression constant(Constant constant) {
    Tensor tensor = constant.tensor();
    if (tensor.length() == 0 || !isUniform(tensor)) {
      return names.of(constant);
    }
    Expression number = number(number(tensor));
    return tensor.type().rank() == 0 ? number : repeated(number, constant);
  }

  private static boolean isUniform(Tensor tensor) {
    for (int i = 1; i < tensor.length(); i++) {
      if (tensor.bits(i) != tensor.bits(0)) {
        return false;
      }
    }
    return tensor.type().dtype() != DType.BOOL && Double.isFinite(tensor.get(0));
  }

  private static double number(Tensor tensor) {
    double value = tensor.get(0);
    return tensor.type().dtype() == DType.F32
        ? Double.parseDouble(Float.toString((float) value))
        : value;
  }

  private static Expression number(double value) {
    return value < 0 ? new Negate(new Numeral(-value)) : new Numeral(Math.abs(value));
  }

  private Expression repeated(Expression number, Value like) {
    List<Expression> sizes = new ArrayList<>();
    for (Dim dim : like.shape().dims()) {
      sizes.add(dim.isFixed() ? new Numeral(dim.size()) : Name.value("n"));
    }
    Expression ones = new Call(Function.of("ones"), sizes, Map.of());
    return number.equals(new Numeral(1)) ? ones : new Binary(Operator.PRODUCT, number, ones);
  }

  private Expression apply(Apply node) {
    if (Symbol.name(node).isPresent()) {
      return symbol(Symbol.name(node).orElseThrow());
    }
    if (Pullback.in(node).isPresent()) {
      return of(UNFOLDING.rewrite(node, border).value()); // as the op's own rule has it
    }
    Op<?> op = node.op();
    if (op instanceof Slope<?>(Op<?> of)) {
      return new Derivative(
          Function.of(of.id().name()), arguments(node.inputs()), attributes(node, of));
    }
    String name = op.id().name();
    Operator operator = OPERATORS.get(name);
    if (operator != null) {
      return new Binary(operator, of(node.input(0)), of(node.input(1)));
    }
    return switch (name) {
      case "hadamard" -> product(node);
      case "divide" -> quotient(of(node.input(0)), node.input(1));
      case "reciprocal" -> new Binary(Operator.QUOTIENT, new Numeral(1), of(node.input(0)));
      case "negate" -> new Negate(of(node.input(0)));
      case "square" -> new Binary(Operator.POWER, of(node.input(0)), new Numeral(2));
      case "matmul" -> new Binary(Operator.PRODUCT, of(node.input(0)), of(node.input(1)));
      case "transpose" -> transpose(node);
      case "sum", "mean" -> reduction(node, name.equals("mean"));
      case "slice" -> slice(node);
      case "broadcast_to" ->
          node.input(0).type().rank() == 0 ? repeated(of(node.input(0)), node) : call(node);
      case "element_count" -> count(node);
      case "sign" -> sign(node);
      case "one_hot" -> new Call(Function.of(name), arguments(node.inputs()), Map.of());
      default -> call(node);
    };
  }

  /** What a textbook calls the sign is 0 at 0, as the derivative of the magnitude is. */
  private Expression sign(Apply node) {
    return written(node, node.op()).containsValue(0.0)
        ? new Call(Function.of("sign"), arguments(node.inputs()), Map.of())
        : new Call(Function.of("sign"), arguments(node.inputs()), written(node, node.op()));
  }

  private Expression symbol(String name) {
    if (!name.startsWith("lambda")) {
      return Name.value(name);
    }
    return severalPenalties
        ? Name.value("lambda", Integer.parseInt(name.substring("lambda".length())))
        : Name.value("lambda");
  }

  private Expression transpose(Apply node) {
    return node.type().rank() == 2 ? new Transpose(of(node.input(0))) : call(node);
  }

  /** A number scales the first of several factors. */
  private Expression product(Apply node) {
    Value left = node.input(0);
    Value right = node.input(1);
    if (left.type().rank() == 0) {
      return scaled(of(left), of(right));
    }
    return right.type().rank() == 0
        ? scaled(of(right), of(left))
        : new Binary(Operator.ENTRYWISE, of(left), of(right));
  }

  private static Expression scaled(Expression number, Expression of) {
    return of instanceof Binary(Operator operator, Expression left, Expression right)
            && operator == Operator.ENTRYWISE
        ? new Binary(Operator.ENTRYWISE, scaled(number, left), right)
        : new Binary(Operator.PRODUCT, number, of);
  }

  /** A number divides the last of several factors. */
  private Expression quotient(Expression of, Value by) {
    return by.type().rank() == 0
            && of instanceof Binary binary
            && binary.operator() == Operator.ENTRYWISE
        ? new Binary(Operator.ENTRYWISE, binary.left(), quotient(binary.right(), by))
        : new Binary(Operator.QUOTIENT, of, of(by));
  }

  private Expression reduction(Apply node, boolean mean) {
    Map<String, Object> attributes = written(node, node.op());
    int rank = node.input(0).type().rank();
    List<Integer> axes = new ArrayList<>();
    if (attributes.get("axes") instanceof List<?> list) {
      list.forEach(axis -> axes.add(Math.floorMod((Integer) axis, Math.max(1, rank))));
    }
    boolean keepdims = Boolean.TRUE.equals(attributes.get("keepdims"));
    Expression operand = of(node.input(0));
    if (axes.isEmpty() || (axes.size() == rank && !keepdims)) {
      return keepdims ? call(node) : new Reduction(mean, operand, OptionalInt.empty(), false);
    }
    for (int axis : axes.stream().sorted(Comparator.reverseOrder()).toList()) {
      operand = new Reduction(mean, operand, OptionalInt.of(axis), keepdims);
    }
    return operand;
  }

  private Expression slice(Apply node) {
    Map<String, Object> attributes = written(node, node.op());
    int rank = node.input(0).type().rank();
    int start = (Integer) attributes.getOrDefault("start", 0);
    int axis = Math.floorMod((Integer) attributes.getOrDefault("axis", 0), rank);
    Dim whole = node.input(0).shape().dim(axis);
    Dim part = node.shape().dim(axis);
    if (!Integer.valueOf(1).equals(attributes.get("step"))
        || start < 0
        || !whole.isFixed()
        || !part.isFixed()) {
      return call(node);
    }
    int stop = start + part.size() - whole.size();
    List<Selector> selectors = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      selectors.add(Selector.Range.ALL);
    }
    selectors.add(
        new Selector.Range(
            start == 0 ? OptionalInt.empty() : OptionalInt.of(start),
            stop == 0 ? OptionalInt.empty() : OptionalInt.of(stop)));
    return new Selection(of(node.input(0)), selectors);
  }

  /** How many rows there are is n, and of a matrix's entries there are n k. */
  private Expression count(Apply node) {
    Value counted = node.input(0);
    int rank = counted.type().rank();
    Object axes = written(node, node.op()).get("axes");
    boolean rows = List.of(0).equals(axes) || rank == 1;
    boolean entries = rank == 2 && (List.of().equals(axes) || List.of(0, 1).equals(axes));
    if (!rows && !entries) {
      return call(node);
    }
    return rows || counted.shape().dim(1).isOne()
        ? Name.value("n")
        : new Binary(Operator.PRODUCT, Name.value("n"), Name.value("k"));
  }

  private Expression call(Apply node) {
    String output =
        node.tuple().parts().size() == 1
            ? ""
            : "." + node.op().signature().outputs().get(node.index());
    return new Call(
        Function.of(node.op().id().name() + output),
        arguments(node.inputs()),
        attributes(node, node.op()));
  }

  private List<Expression> arguments(List<Value> values) {
    return values.stream().map(this::of).toList();
  }

  /**
   * The attributes that are not what they would be if left out; all, if leaving all of them out
   * would mean those of another node.
   */
  private Map<String, Object> attributes(Apply node, Op<?> of) {
    Map<String, Object> usual = usual(of);
    Map<String, Object> written = written(node, of);
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    boolean all = written.equals(usual) && attributesMatter.test(of);
    written.forEach((name, value) -> {
      if (all || !value.equals(usual.get(name))) {
        result.put(name, value);
      }
    });
    return result.buildOrThrow();
  }

  /** The attributes that have defaults, at their defaults. */
  static Map<String, Object> usual(Op<?> op) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    op.schema()
        .attributes()
        .forEach(attribute -> {
          Object fallback = attribute.fallback();
          if (fallback != null) {
            result.put(attribute.name(), fallback);
          }
        });
    return result.buildOrThrow();
  }

  @SuppressWarnings("unchecked") // a node holds the attributes of its own op
  static Map<String, Object> written(Apply node, Op<?> op) {
    return ((Schema<Record>) op.schema()).write(node.attributes());
  }
}
